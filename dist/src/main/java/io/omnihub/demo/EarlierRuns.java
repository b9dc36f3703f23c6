package io.omnihub.demo;

import io.omnihub.testkit.telegram.TelegramSimulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * The simulated Telegram begins to count anew with every start, but the hub remembers the messages
 * of earlier ones and would take new ones with their numbers for repetitions.
 */
final class EarlierRuns {
  /** More than anybody writes in one sitting. */
  private static final int MESSAGES_A_RUN = 500;

  private final TelegramSimulator telegram;

  EarlierRuns(TelegramSimulator telegram) {
    this.telegram = telegram;
  }

  /** Uses up the numbers of so many runs; nothing of it reaches the hub. */
  void skip(int runs, String token) {
    for (Person person : Person.ALL) {
      for (int i = 0; i < runs * MESSAGES_A_RUN; i++) {
        telegram.customerWrites(person.telegram(), "-");
      }
    }
    if (runs > 0) {
      forgetUpdates(token);
    }
  }

  private void forgetUpdates(String token) {
    URI url = telegram.url().resolve("/bot" + token + "/deleteWebhook?drop_pending_updates=true");
    try (HttpClient http = HttpClient.newHttpClient()) {
      http.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.discarding());
    } catch (IOException e) {
      throw new IllegalStateException("the simulated Telegram does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting", e);
    }
  }
}
