package io.omnihub.benchmarks;

import io.omnihub.benchmarks.Updates.Update;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One person who writes one message after the other. */
final class Talk {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Load load;
  private final Program hub;
  private final long chat;

  Talk(Load load, Program hub, long chat) {
    this.load = load;
    this.hub = hub;
    this.chat = chat;
  }

  /** Writes and waits for the answer. */
  void exchange() throws IOException, InterruptedException {
    Update update = load.updates().of(chat);
    CompletableFuture<Long> arrived = new CompletableFuture<>();
    load.arrivals().expect(update.number(), arrived::complete);
    post(update);
    arrived.orTimeout(30, TimeUnit.SECONDS).join();
  }

  /** Writes. */
  void say() throws IOException, InterruptedException {
    post(load.updates().of(chat));
  }

  private void post(Update update) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(hub.url().resolve("/hooks/tg"))
            .header("Content-Type", "application/json")
            .header("X-Telegram-Bot-Api-Secret-Token", "bench")
            .POST(HttpRequest.BodyPublishers.ofByteArray(update.body().getBytes()))
            .build();
    int status = CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status != 200) {
      throw new IllegalStateException("the hub answered " + status);
    }
  }
}
