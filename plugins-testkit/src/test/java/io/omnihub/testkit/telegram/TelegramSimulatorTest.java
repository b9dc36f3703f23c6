package io.omnihub.testkit.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.testkit.Await;
import io.omnihub.testkit.simulator.Fault;
import io.omnihub.testkit.simulator.Mischief;
import io.omnihub.testkit.simulator.SimulatedReply;
import io.omnihub.testkit.simulator.SimulatorServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelegramSimulatorTest {
  private static final TelegramUser ANN = TelegramUser.of(42, "Ann");

  private final TelegramSimulator telegram = new TelegramSimulator(0, "4711:token", 1);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    client.close();
    telegram.close();
  }

  @Test
  void theBotIsWhoTheTokenSays() {
    assertThat(call("getMe", "{}").at("/result/id").asLong()).isEqualTo(4711);
    assertThat(post("/bot4711:wrong/getMe", "{}").statusCode()).isEqualTo(401);
    assertThat(call("inventedMethod", "{}").path("error_code").asInt()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"chat_id":42,"text":" "}                                     | 400 | text is empty
          {"chat_id":43,"text":"a"}                                     | 400 | chat not found
          {"chat_id":42,"text":"<b>a","parse_mode":"HTML"}              | 400 | can't parse entities
          {"chat_id":42,"text":"<x>a</x>","parse_mode":"HTML"}          | 400 | can't parse entities
          {"chat_id":42,"text":"a","reply_parameters":{"message_id":9}} | 400 | replied not found
          """)
  void whatTelegramRefusesIsRefused(String params, int code, String description) {
    telegram.open(ANN);
    JsonNode answer = call("sendMessage", params);
    assertThat(answer.path("error_code").asInt()).isEqualTo(code);
    assertThat(answer.path("description").asText()).contains(description);
    assertThat(telegram.sentTo(42)).isEmpty();
  }

  @Test
  void limitsAreThoseOfTheRealApi() {
    telegram.open(ANN);
    assertThat(send("x".repeat(4097), "").path("ok").asBoolean()).isFalse();
    assertThat(send("x".repeat(4096), "").path("ok").asBoolean()).isTrue();
    assertThat(send("a", button("ü".repeat(33))).path("description").asText())
        .contains("BUTTON_DATA_INVALID");
    assertThat(send("a", button("ü".repeat(32))).path("ok").asBoolean()).isTrue();
  }

  @Test
  void aBlockedBotCannotWrite() {
    telegram.open(ANN);
    telegram.customerBlocks(ANN);
    assertThat(send("a", "").path("error_code").asInt()).isEqualTo(403);
    telegram.customerUnblocks(ANN);
    assertThat(send("a", "").path("ok").asBoolean()).isTrue();
  }

  @Test
  void updatesStayUntilAHigherOffsetConfirmsThem() {
    telegram.customerWrites(ANN, "one");
    telegram.customerWrites(ANN, "two");
    JsonNode first = call("getUpdates", "{}").path("result");
    assertThat(call("getUpdates", "{}").path("result")).isEqualTo(first).hasSize(2);
    long next = first.get(0).path("update_id").asLong() + 1;
    JsonNode rest = call("getUpdates", "{\"offset\":" + next + "}").path("result");
    assertThat(rest).hasSize(1);
    assertThat(rest.get(0).at("/message/text").asText()).isEqualTo("two");
  }

  @Test
  void pollingConflictsWithAWebhook() {
    call("setWebhook", "{\"url\":\"https://hub.example.test/\",\"secret_token\":\"s\"}");
    assertThat(call("getUpdates", "{}").path("error_code").asInt()).isEqualTo(409);
    assertThat(call("getWebhookInfo", "{}").at("/result/url").asText()).contains("example");
    call("deleteWebhook", "{}");
    assertThat(call("getUpdates", "{}").path("ok").asBoolean()).isTrue();
  }

  @Test
  void aWebhookGetsEveryUpdateInSpiteOfMischief() {
    telegram.deliveryMischief().rate(Fault.DUPLICATE, 0.2);
    telegram.deliveryMischief().rate(Fault.REORDER, 0.2);
    telegram.deliveryMischief().rate(Fault.CUT_AFTER, 0.2);
    List<String> secrets = new CopyOnWriteArrayList<>();
    List<String> bodies = new CopyOnWriteArrayList<>();
    try (SimulatorServer hook =
        new SimulatorServer(
            0,
            new Mischief(1),
            request -> {
              secrets.add(request.headers().get("x-telegram-bot-api-secret-token"));
              bodies.add(request.text());
              return SimulatedReply.empty(200);
            })) {
      telegram.registerWebhook(hook.url(), "s3cret");
      IntStream.range(0, 10).forEach(i -> telegram.customerWrites(ANN, "m" + i));
      Await.until("all to be taken", () -> telegram.pendingUpdates() == 0);
      assertThat(secrets).containsOnly("s3cret");
      assertThat(bodies.stream().distinct()).hasSize(10);
    }
  }

  @Test
  void filesAreServed() {
    String file = telegram.addFile(new byte[] {1, 2}, "photos/a.jpg");
    JsonNode info = call("getFile", "{\"file_id\":\"" + file + "\"}");
    assertThat(info.at("/result/file_path").asText()).isEqualTo("photos/a.jpg");
    assertThat(post("/file/bot4711:token/photos/a.jpg", "").body()).containsExactly(1, 2);
    assertThat(post("/file/bot4711:wrong/photos/a.jpg", "").statusCode()).isEqualTo(401);
  }

  private static String button(String data) {
    return ",\"reply_markup\":{\"inline_keyboard\":[[{\"text\":\"b\",\"callback_data\":\"%s\"}]]}"
        .formatted(data);
  }

  private JsonNode send(String text, String more) {
    return call("sendMessage", "{\"chat_id\":42,\"text\":\"%s\"%s}".formatted(text, more));
  }

  private JsonNode call(String method, String params) {
    try {
      return BotRequest.JSON.readTree(post("/bot4711:token/" + method, params).body());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private HttpResponse<byte[]> post(String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(telegram.url() + path))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
