package io.omnihub.core.http;

import io.omnihub.core.http.api.Call;
import io.omnihub.core.http.api.Idempotency;
import io.omnihub.core.http.api.IdempotencyKey;
import io.omnihub.core.http.api.Keys;
import io.omnihub.core.http.api.Principal;
import io.omnihub.core.http.api.Problem;
import io.omnihub.core.http.api.Reply;
import io.omnihub.core.http.api.Resource;
import io.omnihub.core.http.api.Role;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * {@code /api/v1}: checks keys and roles, hands calls to the resources, writes what they answer.
 */
final class ApiDoor {
  private static final String BASE = "/api/v1";
  private static final String BEARER = "Bearer ";
  private static final long LIMIT = 1 << 20;

  private final Answering answering;
  private final Keys keys;
  private final Idempotency idempotency;

  ApiDoor(Answering answering, Keys keys, Idempotency idempotency) {
    this.answering = answering;
    this.keys = keys;
    this.idempotency = idempotency;
  }

  void mount(Router router, List<Resource> resources) {
    for (Resource resource : resources) {
      for (Resource.Operation operation : resource.operations()) {
        router
            .route(HttpMethod.valueOf(operation.method()), BASE + operation.path())
            .handler(routing -> take(routing, operation));
      }
    }
    router.route(BASE + "/*").last().handler(this::unknown);
  }

  private void take(RoutingContext routing, Resource.Operation operation) {
    Map<String, String> path = Map.copyOf(routing.pathParams());
    Map<String, String> query = first(routing.queryParams());
    HttpServerRequest request = routing.request();
    String authorization = request.getHeader("Authorization");
    String name = operation.method().equals("POST") ? request.getHeader("Idempotency-Key") : null;
    String address = request.uri();
    answering.answer(
        request,
        LIMIT,
        body -> {
          Principal principal = authenticate(keys, authorization);
          authorize(principal, operation.roles());
          IdempotencyKey key =
              name == null
                  ? IdempotencyKey.NONE
                  : IdempotencyKey.of(name, operation.method(), address, body);
          Call call = new Call(principal, path, query, body, key);
          return written(idempotency.answer(call, operation.answerer()));
        });
  }

  /** Who calls; 401 when nobody known does. */
  static Principal authenticate(Keys keys, String authorization) {
    if (authorization == null || !authorization.startsWith(BEARER)) {
      throw Problem.of(401, "unauthenticated", "expected the header Authorization: Bearer KEY");
    }
    return keys.find(authorization.substring(BEARER.length()).strip())
        .orElseThrow(() -> Problem.of(401, "unauthenticated", "the key is not known"));
  }

  static void authorize(Principal principal, Set<Role> roles) {
    if (!roles.contains(principal.role())) {
      throw Problem.forbidden();
    }
  }

  static Map<String, String> first(MultiMap parameters) {
    Map<String, String> first = new HashMap<>();
    parameters.forEach(first::putIfAbsent);
    return first;
  }

  private static Consumer<HttpServerResponse> written(Reply reply) {
    return switch (reply) {
      case Reply.Json json ->
          response -> send(response, json.status(), Answering.json(json.body()));
      case Reply.Replayed again -> response -> repeat(response, again);
      case Reply.Refused refused -> Answering.problem(refused.problem());
      case Reply.Empty empty -> response -> response.setStatusCode(empty.status()).end();
      case Reply.Bytes bytes -> response -> save(response, bytes);
      case Reply.File file -> response -> send(response, file);
    };
  }

  private static void send(HttpServerResponse response, int status, Buffer json) {
    response
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(json);
  }

  private static void repeat(HttpServerResponse response, Reply.Replayed again) {
    response.putHeader("Idempotency-Replayed", "true");
    if (again.json().isEmpty()) {
      response.setStatusCode(again.status()).end();
    } else {
      send(response, again.status(), Buffer.buffer(again.json()));
    }
  }

  /** Nobody knows what is in it: a browser saves it and neither shows nor guesses. */
  private static void save(HttpServerResponse response, Reply.Bytes bytes) {
    response
        .putHeader("Content-Type", bytes.mediaType())
        .putHeader("Content-Disposition", "attachment; filename=\"" + bytes.name() + "\"")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Content-Security-Policy", "sandbox; default-src 'none'")
        .putHeader("Cache-Control", "no-store")
        .end(Buffer.buffer(bytes.content()));
  }

  private static void send(HttpServerResponse response, Reply.File file) {
    boolean shown =
        file.attachment().mediaType().startsWith("image/")
            && !file.attachment().mediaType().contains("svg");
    String name = file.attachment().name().replaceAll("[^\\x20-\\x7E]|[\"\\\\]", "_");
    response
        .putHeader("Content-Type", file.attachment().mediaType())
        .putHeader(
            "Content-Disposition",
            (shown ? "inline" : "attachment") + "; filename=\"" + name + "\"")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Content-Security-Policy", "sandbox; default-src 'none'")
        .putHeader("Cache-Control", "private, max-age=86400")
        .sendFile(file.path().toString());
  }

  private void unknown(RoutingContext routing) {
    answering.answer(
        routing.request(),
        LIMIT,
        body -> {
          throw Problem.notFound("call");
        });
  }
}
