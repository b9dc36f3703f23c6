package io.omnihub.benchmarks;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/**
 * The same three calls (webhook, bot, provider) with nothing in between: no store, no model, no
 * order, no guarantee. What it needs is the practical limit of the machine. Prints {@code ready in
 * …} as the hub does.
 */
public final class BareHops {
  private final HttpClient client;
  private final String bot;
  private final String telegram;

  private BareHops(HttpClient client, String bot, String telegram) {
    this.client = client;
    this.bot = bot;
    this.telegram = telegram;
  }

  /** Arguments: port, address of the bot, address of the provider. */
  public static void main(String[] arguments) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    BareHops hops = new BareHops(vertx.createHttpClient(), arguments[1], arguments[2]);
    vertx
        .createHttpServer()
        .requestHandler(hops::take)
        .listen(Integer.parseInt(arguments[0]), "127.0.0.1")
        .onSuccess(
            server ->
                System.out.println("ready in 0 ms on http://127.0.0.1:" + server.actualPort()));
  }

  private void take(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              JsonObject message = new JsonObject(body).getJsonObject("message");
              request.response().end();
              ask(message.getJsonObject("chat").getLong("id"), message.getString("text"));
            });
  }

  private void ask(long chat, String words) {
    String turn = "{\"messages\":[{\"parts\":[{\"type\":\"text\",\"text\":\"" + words + "\"}]}]}";
    client
        .request(
            new io.vertx.core.http.RequestOptions().setAbsoluteURI(bot).setMethod(HttpMethod.POST))
        .compose(request -> send(request, turn))
        .compose(HttpClientResponse::body)
        .onSuccess(
            answer -> {
              String reply =
                  new JsonObject(answer)
                      .getJsonArray("actions")
                      .getJsonObject(0)
                      .getJsonArray("parts")
                      .getJsonObject(0)
                      .getString("text");
              say(chat, reply);
            });
  }

  private void say(long chat, String words) {
    JsonObject call = new JsonObject().put("chat_id", chat).put("text", words);
    client
        .request(
            new io.vertx.core.http.RequestOptions()
                .setAbsoluteURI(telegram + "/bot1:bench/sendMessage")
                .setMethod(HttpMethod.POST))
        .compose(request -> send(request, call.encode()))
        .compose(HttpClientResponse::body);
  }

  private static io.vertx.core.Future<HttpClientResponse> send(
      HttpClientRequest request, String body) {
    return request.putHeader("Content-Type", "application/json").send(Buffer.buffer(body));
  }
}
