package io.omnihub.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bot that repeats the words and a Telegram that takes every message, both at once; remembers
 * when which words arrived.
 */
final class Peers implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer bot;
  private final HttpServer telegram;
  private final Map<String, Long> arrived = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();

  Peers() {
    bot = listen(this::think);
    telegram = listen(this::take);
  }

  private interface Answerer {
    String answer(String path, JsonNode body);
  }

  private HttpServer listen(Answerer answerer) {
    return vertx
        .createHttpServer()
        .requestHandler(request -> serve(request, answerer))
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  private static void serve(HttpServerRequest request, Answerer answerer) {
    request
        .body()
        .onSuccess(
            body ->
                request
                    .response()
                    .putHeader("Content-Type", "application/json")
                    .end(answerer.answer(request.path(), read(body.getBytes()))));
  }

  private static JsonNode read(byte[] body) {
    try {
      return body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String think(String path, JsonNode turn) {
    StringBuilder actions = new StringBuilder();
    for (JsonNode message : turn.path("messages")) {
      actions.append(actions.isEmpty() ? "" : ",");
      String words = message.path("parts").path(0).path("text").asText();
      actions
          .append("{\"type\":\"reply\",\"parts\":[{\"type\":\"text\",\"text\":\"")
          .append(words)
          .append("\"}]}");
    }
    return "{\"actions\":[" + actions + "]}";
  }

  private String take(String path, JsonNode call) {
    if (path.endsWith("/sendMessage")) {
      arrived.put(call.path("text").asText(), System.nanoTime());
    }
    return "{\"ok\":true,\"result\":{\"message_id\":"
        + ids.incrementAndGet()
        + ",\"username\":\"bench_bot\"}}";
  }

  String botUrl() {
    return "http://127.0.0.1:" + bot.actualPort();
  }

  String telegramUrl() {
    return "http://127.0.0.1:" + telegram.actualPort();
  }

  /**
   * When these words arrived, in the clock of {@link System#nanoTime()}; null while they have not.
   */
  Long arrival(String words) {
    return arrived.get(words);
  }

  int arrivals() {
    return arrived.size();
  }

  void forget() {
    arrived.clear();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
