package io.omnihub.core.http;

import io.omnihub.api.route.HubGateway.Answer;
import io.omnihub.api.route.HubGateway.HubRoute;
import io.omnihub.api.route.HubHeaders;
import io.omnihub.api.route.OverloadedException;
import io.omnihub.core.http.api.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands HTTP requests to the plugins' routes and their answers back. */
final class RouteCalls {
  private static final Logger LOG = LoggerFactory.getLogger(RouteCalls.class);

  /**
   * What a route may say to the outside besides status and body; all else on its message is its own
   * business.
   */
  private static final Set<String> ANSWERED =
      Set.of(
          "content-type",
          "content-disposition",
          "content-security-policy",
          "cache-control",
          "etag",
          "retry-after",
          "vary",
          "x-content-type-options",
          "access-control-allow-origin",
          "access-control-allow-methods",
          "access-control-allow-headers",
          "access-control-max-age");

  private RouteCalls() {}

  /** The request's headers as a route gets them. */
  static Map<String, Object> headers(HttpServerRequest request, String path) {
    Map<String, Object> headers = new HashMap<>();
    request
        .headers()
        .forEach(
            (name, value) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              if (!lower.startsWith("camel") && !lower.startsWith("omnihub")) {
                headers.merge(lower, value, (first, second) -> first + ", " + second);
              }
            });
    headers.put(HubHeaders.METHOD, request.method().name());
    headers.put(HubHeaders.PATH, path);
    headers.put(HubHeaders.QUERY, request.query() == null ? "" : request.query());
    headers.put(HubHeaders.REMOTE, request.remoteAddress().hostAddress());
    return headers;
  }

  /** Runs the route; what it throws becomes 503 when the hub is overloaded, and 500 otherwise. */
  static Consumer<HttpServerResponse> call(
      String account, HubRoute route, byte[] body, Map<String, Object> headers) {
    try {
      return written(route.call(body, headers));
    } catch (Exception e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof OverloadedException overloaded) {
          return Answering.overloaded(overloaded);
        }
      }
      LOG.error("a route of account {} failed: {}", account, e.getClass().getName());
      LOG.debug("a route of account {} failed", account, e);
      return Answering.problem(
          Problem.of(500, "internal", "the connector failed, the hub's log says more"));
    }
  }

  private static Consumer<HttpServerResponse> written(Answer answer) {
    return response -> {
      Object status = answer.headers().get(HubHeaders.STATUS);
      response.setStatusCode(status instanceof Integer code ? code : 200);
      answer
          .headers()
          .forEach(
              (name, value) -> {
                if (ANSWERED.contains(name.toLowerCase(Locale.ROOT))) {
                  response.putHeader(name, value.toString());
                }
              });
      response.end(buffer(answer.body()));
    };
  }

  private static Buffer buffer(Object body) {
    return switch (body) {
      case null -> Buffer.buffer();
      case byte[] bytes -> Buffer.buffer(bytes);
      default -> Buffer.buffer(body.toString());
    };
  }
}
