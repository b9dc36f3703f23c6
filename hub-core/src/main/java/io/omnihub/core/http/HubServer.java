package io.omnihub.core.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.omnihub.api.connector.WebSurface;
import io.omnihub.core.config.HubConfig;
import io.omnihub.core.http.api.Idempotency;
import io.omnihub.core.http.api.Keys;
import io.omnihub.core.http.api.Principal;
import io.omnihub.core.http.api.Problem;
import io.omnihub.core.http.api.Resource;
import io.omnihub.core.lane.Lanes;
import io.omnihub.core.plugin.Directory;
import io.omnihub.core.plugin.HubPorts;
import io.omnihub.core.store.Store;
import io.omnihub.core.timeline.Changes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The hub's HTTP server. Listens from the beginning, and says 503 until it is opened and again once
 * it is closing.
 */
public final class HubServer implements AutoCloseable {
  private static final int FRAME = 128 << 10;

  private final Vertx vertx;
  private final HttpServer server;
  private final Router router;
  private volatile boolean open;

  private HubServer(Vertx vertx, HttpServer server, Router router) {
    this.vertx = vertx;
    this.server = server;
    this.router = router;
  }

  /** What it serves. */
  public record Parts(
      Store store,
      Changes changes,
      Directory directory,
      HubPorts ports,
      Keys keys,
      Idempotency idempotency,
      BiPredicate<Principal, String> mayWatch,
      List<Resource> resources,
      PrometheusMeterRegistry meters,
      Supplier<Map<String, String>> health,
      ExecutorService executor) {}

  /**
   * Begins to listen.
   *
   * @throws IllegalStateException when the address cannot be had; the message says which
   */
  public static HubServer listen(HubConfig.Server config) {
    Vertx vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(config.host())
            .setPort(config.port())
            .setMaxWebSocketFrameSize(FRAME)
            .setMaxWebSocketMessageSize(FRAME)
            .setMaxHeaderSize(16 << 10)
            .setIdleTimeout(120);
    HttpServer server = vertx.createHttpServer(options).requestHandler(router);
    try {
      server.listen().toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      var unused = vertx.close();
      throw new IllegalStateException(
          "cannot listen on "
              + config.host()
              + ":"
              + config.port()
              + ": "
              + e.getCause().getMessage(),
          e);
    }
    HubServer hub = new HubServer(vertx, server, router);
    router.route().handler(hub::admit);
    return hub;
  }

  private void admit(RoutingContext routing) {
    boolean health = routing.request().path().startsWith("/health/");
    if (open || health) {
      routing.next();
      return;
    }
    routing.response().putHeader("Retry-After", "2");
    Answering.problem(Problem.of(503, "unavailable", "the hub is starting or closing"))
        .accept(routing.response());
  }

  public int port() {
    return server.actualPort();
  }

  /**
   * Serves everything.
   *
   * @param surfaces what channels show to browsers, by plugin
   * @param resources finds a resource of a plugin
   * @param more adds pages of whoever starts the hub
   */
  public void open(
      Parts parts,
      Map<String, WebSurface> surfaces,
      BiFunction<String, String, Optional<byte[]>> resources,
      Consumer<Router> more) {
    Answering answering = new Answering(vertx, parts.executor());
    new Hooks(answering, parts.directory(), parts.ports()).mount(router);
    new WebSurfaces(vertx, answering, parts.ports(), new Lanes("socket", parts.executor()))
        .mount(router, surfaces, resources);
    new EventStream(
            vertx, parts.executor(), parts.store(), parts.changes(), parts.keys(), parts.mayWatch())
        .mount(router);
    new ApiDoor(answering, parts.keys(), parts.idempotency()).mount(router, parts.resources());
    new OperatorPages(parts.meters(), parts.health(), parts.executor()).mount(router);
    more.accept(router);
    open = true;
  }

  /** Refuses what comes from now on; what is under way is finished. */
  public void refuse() {
    open = false;
  }

  @Override
  public void close() {
    open = false;
    server.close().await();
    vertx.close().await();
  }
}
