package io.omnihub.testkit.bot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A bot that answers at once or later. */
final class BotSimulatorTest {
  private static final String TURN =
      "{\"type\":\"turn\",\"messages\":[{\"parts\":[{\"text\":\"hello\"}]}]}";

  @Test
  void aDeferredTurnIsHandedOverOnceAndAnsweredWith202() throws Exception {
    try (BotSimulator bot = new BotSimulator(0, "", 1)) {
      List<JsonNode> taken = new CopyOnWriteArrayList<>();
      bot.deferTo(taken::add);
      assertThat(post(bot, "1").statusCode()).isEqualTo(202);
      assertThat(post(bot, "1").statusCode()).isEqualTo(202);
      assertThat(taken).hasSize(1).first().extracting(BotSimulator::words).isEqualTo("hello");

      bot.answerWith(turn -> BotSimulator.reply("hi"));
      HttpResponse<String> answer = post(bot, "2");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("hi");
      assertThat(taken).hasSize(1);
    }
  }

  private static HttpResponse<String> post(BotSimulator bot, String id) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(bot.url())
              .header("webhook-id", id)
              .POST(HttpRequest.BodyPublishers.ofString(TURN))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }
}
