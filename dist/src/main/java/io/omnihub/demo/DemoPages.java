package io.omnihub.demo;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Everything under {@code /demo}: the page, what it asks of the simulators, and its way to the API.
 */
final class DemoPages implements AutoCloseable {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self';"
          + " img-src 'self' data:; media-src 'self'; base-uri 'none'; form-action 'none';";
  private static final long LIMIT = 64 << 10;
  private static final String HUB = "/demo/hub";

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final DemoApi api;
  private final DemoSecrets secrets;
  private final String key;

  /**
   * Serves once it is mounted.
   *
   * @param key of the API; the page uses it without ever seeing it
   */
  DemoPages(Simulators simulators, DemoSecrets secrets, String key) {
    this.api = new DemoApi(simulators);
    this.secrets = secrets;
    this.key = key;
  }

  void mount(Router router) {
    router.route("/demo").handler(SameOrigin::local);
    router.route("/demo/*").handler(SameOrigin::local);
    router.get("/").handler(routing -> routing.redirect("/demo"));
    router.get("/demo").handler(routing -> file(routing, "demo.html", "text/html"));
    router.get("/demo/demo.css").handler(routing -> file(routing, "demo.css", "text/css"));
    for (String script : new String[] {"demo.js", "hub.js", "dom.js"}) {
      router.get("/demo/" + script).handler(routing -> file(routing, script, "text/javascript"));
    }
    router.get("/demo/shop").handler(this::shop);
    router.route("/demo/api/*").handler(SameOrigin::page);
    router.route("/demo/api/*").handler(BodyHandler.create(false).setBodyLimit(LIMIT));
    router.get("/demo/api/state").handler(routing -> answer(routing, api::state));
    router
        .post("/demo/api/telegram")
        .handler(routing -> answer(routing, () -> api.telegram(body(routing))));
    router
        .post("/demo/api/email")
        .handler(routing -> answer(routing, () -> api.email(body(routing))));
    router
        .post("/demo/api/partner")
        .handler(routing -> answer(routing, () -> api.partner(body(routing))));
    router
        .post("/demo/api/mischief")
        .handler(routing -> answer(routing, () -> api.mischief(body(routing))));
    router.route(HUB + "/*").handler(SameOrigin::page);
    router.route(HUB + "/*").handler(this::throughToHub);
  }

  /** Hands a call of the page to the hub's own API, with the key that the page does not have. */
  private void throughToHub(RoutingContext routing) {
    routing.request().headers().set("Authorization", "Bearer " + key);
    routing.reroute("/api/v1" + routing.request().path().substring(HUB.length()));
  }

  /** Work that answers JSON. */
  private interface Work {
    byte[] run();
  }

  private void answer(RoutingContext routing, Work work) {
    Context context = routing.vertx().getOrCreateContext();
    executor.execute(
        () -> {
          int status = 200;
          byte[] json;
          try {
            json = work.run();
          } catch (IllegalArgumentException e) {
            status = 400;
            json = DemoApi.problem(e.getMessage());
          }
          int answered = status;
          Buffer content = Buffer.buffer(json);
          context.runOnContext(
              ready ->
                  secured(routing.response(), "application/json")
                      .setStatusCode(answered)
                      .end(content));
        });
  }

  private static byte[] body(RoutingContext routing) {
    Buffer body = routing.body().buffer();
    return body == null ? new byte[0] : body.getBytes();
  }

  /** The page of a shop with the chat in it, as the person who is logged in there sees it. */
  private void shop(RoutingContext routing) {
    String asked = routing.request().getParam("person", "");
    Person person = Person.find(asked).orElse(Person.ALL.getFirst());
    String page =
        resource("shop.html")
            .replace("{user}", person.id())
            .replace("{name}", person.name())
            .replace("{email}", person.email())
            .replace("{language}", person.language())
            .replace("{account}", DemoConfig.CHAT)
            .replace("{signature}", secrets.signature(person.id()));
    send(routing, page, "text/html", "frame-ancestors 'self'");
  }

  private static void file(RoutingContext routing, String name, String type) {
    send(routing, resource(name), type, "frame-ancestors 'none'");
  }

  private static void send(RoutingContext routing, String text, String type, String ancestors) {
    secured(routing.response(), type + "; charset=utf-8")
        .putHeader("Content-Security-Policy", POLICY + " " + ancestors)
        .end(text);
  }

  private static HttpServerResponse secured(HttpServerResponse response, String type) {
    return response
        .putHeader("Content-Type", type)
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer");
  }

  private static String resource(String name) {
    try (InputStream stream = DemoPages.class.getResourceAsStream(name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
