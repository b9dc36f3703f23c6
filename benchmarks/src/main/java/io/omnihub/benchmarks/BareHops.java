package io.omnihub.benchmarks;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;

/**
 * The same three calls (webhook, bot, provider) with nothing in between: no store, no model, no
 * order, no guarantee. What it needs is the practical limit of the machine. Prints {@code ready in
 * …} as the hub does.
 */
public final class BareHops extends VerticleBase {
  private static final int LOOPS = 2;
  private static final int CONNECTIONS = 256;

  private final int port;
  private final RequestOptions bot;
  private final RequestOptions telegram;
  private HttpClient client;

  private BareHops(int port, String bot, String telegram) {
    this.port = port;
    this.bot = post(bot + "/");
    this.telegram = post(telegram + "/bot1:bench/sendMessage");
  }

  private static RequestOptions post(String url) {
    return new RequestOptions()
        .setAbsoluteURI(url)
        .setMethod(HttpMethod.POST)
        .putHeader("Content-Type", "application/json");
  }

  /** Arguments: port, address of the bot, address of the provider. */
  public static void main(String[] arguments) {
    int port = Integer.parseInt(arguments[0]);
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));
    vertx
        .deployVerticle(
            () -> new BareHops(port, arguments[1], arguments[2]),
            new DeploymentOptions().setInstances(LOOPS))
        .onSuccess(id -> System.out.println("ready in 0 ms on http://127.0.0.1:" + port))
        .onFailure(
            cause -> {
              cause.printStackTrace();
              System.exit(1);
            });
  }

  @Override
  public Future<?> start() {
    client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    return vertx.createHttpServer().requestHandler(this::take).listen(port, "127.0.0.1");
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
        .request(bot)
        .compose(request -> request.send(turn))
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
            })
        .onFailure(Throwable::printStackTrace);
  }

  private void say(long chat, String words) {
    JsonObject call = new JsonObject().put("chat_id", chat).put("text", words);
    client
        .request(telegram)
        .compose(request -> request.send(call.encode()))
        .compose(HttpClientResponse::body)
        .onFailure(Throwable::printStackTrace);
  }
}
