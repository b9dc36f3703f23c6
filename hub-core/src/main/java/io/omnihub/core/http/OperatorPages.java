package io.omnihub.core.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Health, metrics and the description of the API. */
final class OperatorPages {
  private final PrometheusMeterRegistry meters;
  private final Supplier<Map<String, String>> components;
  private final Executor executor;

  OperatorPages(
      PrometheusMeterRegistry meters, Supplier<Map<String, String>> components, Executor executor) {
    this.meters = meters;
    this.components = components;
    this.executor = executor;
  }

  void mount(Router router) {
    router.get("/health/live").handler(routing -> text(routing, 200, "ok\n"));
    router.get("/health/ready").handler(this::ready);
    router.get("/metrics").handler(this::metrics);
    router
        .get("/openapi.yaml")
        .handler(
            routing ->
                routing
                    .response()
                    .putHeader("Content-Type", "application/yaml")
                    .end(resource("openapi.yaml")));
    router
        .get("/docs")
        .handler(
            routing ->
                routing
                    .response()
                    .putHeader("Content-Type", "text/html; charset=utf-8")
                    .putHeader(
                        "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                    .end(DocsPage.of(resource("openapi.yaml"))));
  }

  /** One line a component; the hub is ready when each says ok. */
  private void ready(RoutingContext routing) {
    var context = routing.vertx().getOrCreateContext();
    executor.execute(
        () -> {
          Map<String, String> states = components.get();
          StringBuilder lines = new StringBuilder();
          states.forEach(
              (name, state) -> lines.append(name).append(": ").append(state).append('\n'));
          boolean ok = states.values().stream().allMatch(state -> state.startsWith("ok"));
          context.runOnContext(done -> text(routing, ok ? 200 : 503, lines.toString()));
        });
  }

  private void metrics(RoutingContext routing) {
    var context = routing.vertx().getOrCreateContext();
    executor.execute(
        () -> {
          String scraped = meters.scrape();
          context.runOnContext(
              done ->
                  routing
                      .response()
                      .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                      .end(scraped));
        });
  }

  private static void text(RoutingContext routing, int status, String text) {
    routing
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .end(text);
  }

  private static String resource(String name) {
    try (InputStream stream = OperatorPages.class.getResourceAsStream(name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the hub's own resource " + name + " cannot be read", e);
    }
  }
}
