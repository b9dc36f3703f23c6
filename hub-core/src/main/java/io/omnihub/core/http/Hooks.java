package io.omnihub.core.http;

import io.omnihub.api.route.HubGateway.HubRoute;
import io.omnihub.api.route.HubGateway.Kind;
import io.omnihub.core.http.api.Problem;
import io.omnihub.core.plugin.Directory;
import io.omnihub.core.plugin.HubPorts;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** {@code /hooks/ACCOUNT}: where providers and partners call. */
final class Hooks {
  private static final long LIMIT = 1 << 20;
  private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.POST, HttpMethod.GET);

  private final Answering answering;
  private final Directory directory;
  private final HubPorts ports;

  Hooks(Answering answering, Directory directory, HubPorts ports) {
    this.answering = answering;
    this.directory = directory;
    this.ports = ports;
  }

  void mount(Router router) {
    router.route("/hooks/:account").handler(this::take);
    router.route("/hooks/:account/*").handler(this::take);
  }

  private void take(RoutingContext routing) {
    String account = routing.pathParam("account");
    String rest = routing.request().path().substring(("/hooks/" + account).length());
    Map<String, Object> headers =
        RouteCalls.headers(routing.request(), rest.startsWith("/") ? rest.substring(1) : rest);
    HttpMethod method = routing.request().method();
    answering.answer(routing.request(), LIMIT, body -> answer(account, method, body, headers));
  }

  private Consumer<HttpServerResponse> answer(
      String account, HttpMethod method, byte[] body, Map<String, Object> headers) {
    if (directory.channel(account).isEmpty()) {
      throw Problem.notFound("account");
    }
    if (!METHODS.contains(method)) {
      throw Problem.of(405, "method-not-allowed", "a webhook takes POST");
    }
    Optional<HubRoute> route = ports.route(Kind.WEBHOOK, account);
    if (route.isEmpty()) {
      throw Problem.of(503, "unavailable", "the account takes no webhooks now");
    }
    return RouteCalls.call(account, route.get(), body, headers);
  }
}
