package io.omnihub.core.http;

import io.omnihub.api.connector.WebSurface;
import io.omnihub.api.route.HubGateway.HubRoute;
import io.omnihub.api.route.HubGateway.Kind;
import io.omnihub.api.route.SocketEvent;
import io.omnihub.core.http.api.Problem;
import io.omnihub.core.lane.Lanes;
import io.omnihub.core.plugin.HubPorts;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What channels show to browsers: a script, requests and web sockets, each under the channel's own
 * first word.
 */
final class WebSurfaces {
  private static final Logger LOG = LoggerFactory.getLogger(WebSurfaces.class);
  private static final long LIMIT = 20L << 20;

  private final Vertx vertx;
  private final Answering answering;
  private final HubPorts ports;
  private final Lanes lanes;

  WebSurfaces(Vertx vertx, Answering answering, HubPorts ports, Lanes lanes) {
    this.vertx = vertx;
    this.answering = answering;
    this.ports = ports;
    this.lanes = lanes;
  }

  /**
   * Serves the surfaces.
   *
   * @param surfaces by plugin
   * @param resources finds a resource of a plugin
   */
  void mount(
      Router router,
      Map<String, WebSurface> surfaces,
      BiFunction<String, String, Optional<byte[]>> resources) {
    surfaces.forEach(
        (plugin, surface) -> {
          Optional<byte[]> script = resources.apply(plugin, surface.script());
          if (script.isPresent()) {
            Buffer content = Buffer.buffer(script.get());
            router.get("/" + surface.prefix() + ".js").handler(routing -> script(routing, content));
          }
          router
              .route("/" + surface.prefix() + "/:account/*")
              .handler(routing -> take(routing, surface));
        });
  }

  private static void script(RoutingContext routing, Buffer content) {
    routing
        .response()
        .putHeader("Content-Type", "text/javascript; charset=utf-8")
        .putHeader("Cache-Control", "public, max-age=300")
        .putHeader("Access-Control-Allow-Origin", "*")
        .putHeader("X-Content-Type-Options", "nosniff")
        .end(content);
  }

  private void take(RoutingContext routing, WebSurface surface) {
    HttpServerRequest request = routing.request();
    String account = routing.pathParam("account");
    String path = request.path().substring(("/" + surface.prefix() + "/" + account + "/").length());
    if (path.equals("socket") && "websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      open(request, account);
      return;
    }
    Map<String, Object> headers = RouteCalls.headers(request, path);
    answering.answer(
        request,
        LIMIT,
        body -> {
          HubRoute route =
              ports.route(Kind.WEB, account).orElseThrow(() -> Problem.notFound("account"));
          return RouteCalls.call(account, route, body, headers);
        });
  }

  private void open(HttpServerRequest request, String account) {
    Optional<HubRoute> route = ports.route(Kind.SOCKET, account);
    if (route.isEmpty()) {
      request.response().setStatusCode(404).end();
      return;
    }
    String origin = request.getHeader("Origin") == null ? "" : request.getHeader("Origin");
    String query = request.query() == null ? "" : request.query();
    Map<String, Object> headers = RouteCalls.headers(request, "socket");
    request
        .toWebSocket()
        .onSuccess(socket -> serve(socket, account, route.get(), origin, query, headers));
  }

  private void serve(
      ServerWebSocket socket,
      String account,
      HubRoute route,
      String origin,
      String query,
      Map<String, Object> headers) {
    VertxSocket browser =
        new VertxSocket(UUID.randomUUID().toString(), socket, vertx.getOrCreateContext());
    tell(account, route, new SocketEvent.Opened(browser, origin, query), headers);
    socket.textMessageHandler(
        text -> tell(account, route, new SocketEvent.Text(browser, text), headers));
    socket.exceptionHandler(
        failure -> LOG.debug("a socket of account {} failed: {}", account, failure.toString()));
    socket.closeHandler(
        closed -> {
          browser.gone();
          tell(account, route, new SocketEvent.Closed(browser), headers);
        });
  }

  private void tell(
      String account, HubRoute route, SocketEvent event, Map<String, Object> headers) {
    lanes.submit(
        event.socket().id(),
        () -> {
          try {
            route.call(event, headers);
          } catch (Exception e) {
            LOG.error("the socket route of account {} failed: {}", account, e.getClass().getName());
            LOG.debug("the socket route of account {} failed", account, e);
            event.socket().close(1011, "the hub failed");
          }
        });
  }
}
