package io.omnihub.testkit.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP server on loopback that answers as a provider would, or misbehaves as {@link Mischief}
 * says. Its behaviour runs on a virtual thread and may block.
 */
public final class SimulatorServer implements AutoCloseable {
  private static final Duration LATE = Duration.ofMillis(500);

  private final Vertx vertx = Vertx.vertx();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Mischief mischief;
  private final Behaviour behaviour;
  private final int port;
  private HttpServer server;

  /** Listens on the port, 0 for a free one. */
  public SimulatorServer(int port, Mischief mischief, Behaviour behaviour) {
    this.mischief = mischief;
    this.behaviour = behaviour;
    server = listen(port);
    this.port = server.actualPort();
  }

  private HttpServer listen(int at) {
    HttpServer listening =
        vertx
            .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(at))
            .requestHandler(this::take);
    listening.listen().await();
    return listening;
  }

  /** Closes all connections and refuses new ones until it is {@link #back()}. */
  public synchronized void away() {
    server.close().await();
  }

  /** Listens again, on the port that it had. */
  public synchronized void back() {
    server = listen(port);
  }

  /** What the provider does when it does not misbehave. */
  public interface Behaviour {
    SimulatedReply answer(SimulatedRequest request);
  }

  public int port() {
    return port;
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + port());
  }

  @Override
  public void close() {
    vertx.close().await();
    executor.shutdownNow();
  }

  private void take(HttpServerRequest request) {
    request.body().onSuccess(body -> executor.execute(() -> answer(request, body)));
  }

  private void answer(HttpServerRequest request, Buffer body) {
    switch (mischief.draw()) {
      case CUT_BEFORE -> request.connection().close();
      case CUT_AFTER -> {
        behaviour.answer(read(request, body));
        request.connection().close();
      }
      case THROTTLE ->
          write(request, new SimulatedReply(429, Map.of("Retry-After", "1"), throttled()));
      case SERVER_ERROR ->
          write(request, SimulatedReply.json(500, "{\"ok\":false,\"error_code\":500}"));
      case DELAY -> {
        SimulatedReply reply = behaviour.answer(read(request, body));
        vertx.setTimer(LATE.toMillis(), timer -> write(request, reply));
      }
      case HANG -> behaviour.answer(read(request, body));
      case NONE, DUPLICATE, REORDER -> write(request, behaviour.answer(read(request, body)));
    }
  }

  private static byte[] throttled() {
    return SimulatedReply.json(
            429, "{\"ok\":false,\"error_code\":429,\"parameters\":{\"retry_after\":1}}")
        .body();
  }

  private static SimulatedRequest read(HttpServerRequest request, Buffer body) {
    Map<String, String> headers = new HashMap<>();
    request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    Map<String, String> query = new HashMap<>();
    request.params().forEach(query::putIfAbsent);
    return new SimulatedRequest(
        request.method().name(), request.path(), query, headers, body.getBytes());
  }

  private static void write(HttpServerRequest request, SimulatedReply reply) {
    request.response().setStatusCode(reply.status());
    reply.headers().forEach(request.response()::putHeader);
    request.response().end(Buffer.buffer(reply.body()));
  }
}
