package io.omnihub.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bot that repeats the words and a Telegram that takes every message, both at once. They read no
 * more of a call than they need, so that they take little of the machine from what is measured.
 */
final class Peers {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String SEND = "/sendMessage";

  private final HttpServer bot;
  private final HttpServer telegram;

  /** Far from the ids of updates: what somebody writes and what he is sent never share an id. */
  private final AtomicLong ids = new AtomicLong(1_000_000_000L);

  private volatile Provider provider;
  private volatile boolean away;

  /**
   * @param provider hears of every message that the hub sends
   */
  Peers(Vertx vertx, Provider provider) {
    this.provider = provider;
    bot = listen(vertx, (path, body) -> think(body));
    telegram = listen(vertx, this::take);
  }

  /** Hears of messages, on an event loop: it must not block. */
  interface Provider {
    void sent(String chat, String words);
  }

  /** Somebody else hears of messages from now on. */
  void hear(Provider other) {
    provider = other;
  }

  /** Telegram takes nothing and says to come again in an hour, until it is back. */
  void setAway(boolean gone) {
    away = gone;
  }

  private interface Answerer {
    String answer(String path, Buffer body) throws IOException;
  }

  private HttpServer listen(Vertx vertx, Answerer answerer) {
    return vertx
        .createHttpServer()
        .requestHandler(request -> serve(request, answerer))
        .listen(0, "127.0.0.1")
        .await();
  }

  private void serve(HttpServerRequest request, Answerer answerer) {
    request.body().onSuccess(body -> reply(request, answerer, body));
  }

  private void reply(HttpServerRequest request, Answerer answerer, Buffer body) {
    try {
      request
          .response()
          .setStatusCode(away && request.path().endsWith(SEND) ? 429 : 200)
          .putHeader("Content-Type", "application/json")
          .end(answerer.answer(request.path(), body));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String think(Buffer turn) throws IOException {
    StringBuilder actions = new StringBuilder();
    for (String words : texts(turn, "messages")) {
      actions
          .append(actions.isEmpty() ? "" : ",")
          .append("{\"type\":\"reply\",\"parts\":[{\"type\":\"text\",\"text\":\"")
          .append(words)
          .append("\"}]}");
    }
    return "{\"actions\":[" + actions + "]}";
  }

  private String take(String path, Buffer call) throws IOException {
    if (path.endsWith(SEND)) {
      if (away) {
        return "{\"ok\":false,\"description\":\"Too Many Requests\",\"parameters\":{\"retry_after\":3600}}";
      }
      provider.sent(texts(call, "chat_id").getFirst(), texts(call, "text").getFirst());
    }
    return "{\"ok\":true,\"result\":{\"message_id\":"
        + ids.incrementAndGet()
        + ",\"username\":\"bench_bot\"}}";
  }

  /** The value of a field of the outermost object, or all that is named text inside of it. */
  private static List<String> texts(Buffer body, String field) throws IOException {
    List<String> found = new ArrayList<>(1);
    try (JsonParser parser = JSON.createParser(body.getBytes())) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = parser.currentName().equals(field);
        parser.nextToken();
        if (wanted) {
          collect(parser, found);
          break;
        }
        parser.skipChildren();
      }
    }
    return found;
  }

  private static void collect(JsonParser parser, List<String> found) throws IOException {
    int depth = 0;
    JsonToken token = parser.currentToken();
    do {
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      } else if (token.isScalarValue() && (depth == 0 || "text".equals(parser.currentName()))) {
        found.add(parser.getText());
      }
    } while (depth > 0 && (token = parser.nextToken()) != null);
  }

  String botUrl() {
    return "http://127.0.0.1:" + bot.actualPort();
  }

  String telegramUrl() {
    return "http://127.0.0.1:" + telegram.actualPort();
  }
}
