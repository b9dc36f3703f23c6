package io.omnihub.channel.telegram;

import static io.omnihub.channel.telegram.TelegramSamples.ANN;
import static io.omnihub.channel.telegram.TelegramSamples.SECRET;
import static io.omnihub.channel.telegram.TelegramSamples.TOKEN;
import static io.omnihub.channel.telegram.TelegramSamples.settings;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.InboundEvent.MessageReceived;
import io.omnihub.api.model.Part;
import io.omnihub.api.route.HubGateway;
import io.omnihub.testkit.Await;
import io.omnihub.testkit.harness.ConnectorHarness;
import io.omnihub.testkit.harness.HttpReply;
import io.omnihub.testkit.simulator.Fault;
import io.omnihub.testkit.telegram.TelegramSimulator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelegramWebhookTest {
  private static final Map<String, String> SIGNED =
      Map.of("X-Telegram-Bot-Api-Secret-Token", SECRET);

  private static final String HELLO =
      """
      {"update_id":1,"message":{"message_id":7,"date":1767225600,"text":"hi",
       "chat":{"id":42,"type":"private"},"from":{"id":42,"is_bot":false,"first_name":"Ann"}}}
      """;

  private final TelegramSimulator telegram = new TelegramSimulator(0, TOKEN, 1);
  private ConnectorHarness hub;

  @BeforeEach
  void start() {
    hub = ConnectorHarness.start(new TelegramPlugin(), settings(telegram.url().toString()));
    Await.until("the webhook to be registered", () -> !telegram.webhookUrl().isEmpty());
    telegram.deliverThrough((url, headers, body) -> hub.webhook(body, headers).status());
  }

  @AfterEach
  void stop() {
    telegram.close();
    hub.close();
  }

  @Test
  void theWebhookIsRegisteredWithItsSecretAndAllKinds() {
    assertThat(telegram.webhookUrl()).isEqualTo("https://hub.example.test/hooks/acc");
    assertThat(telegram.calls())
        .singleElement()
        .satisfies(
            call -> {
              assertThat(call.text("secret_token")).isEqualTo(SECRET);
              assertThat(call.params().path("allowed_updates").toString())
                  .contains("message_reaction", "business_message");
            });
  }

  @Test
  void aMessageIsAnsweredOkOnceItIsSafe() {
    assertThat(hub.webhook(HELLO, SIGNED).status()).isEqualTo(200);
    assertThat(hub.events()).hasSize(1);
    assertThat(hub.batches().getFirst().raw()).asString().isEqualTo(HELLO);
  }

  @ParameterizedTest
  @CsvSource({"wrong", "''", "canary-secret2"})
  void aWrongSecretIsUnauthorized(String secret) {
    HttpReply reply = hub.webhook(HELLO, Map.of("X-Telegram-Bot-Api-Secret-Token", secret));
    assertThat(reply.status()).isEqualTo(401);
    assertThat(hub.webhook(HELLO, Map.of()).status()).isEqualTo(401);
    assertThat(hub.events()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {"{", "[]", "^^", "{\"message\":{}}", "\"text\"", "{\"update_id\":\"x\"}"})
  void whatIsNoUpdateIsMalformed(String body) {
    assertThat(hub.webhook(body, SIGNED).status()).isEqualTo(400);
  }

  @Test
  void onlyPostIsAllowed() {
    HttpReply reply = hub.http(HubGateway.Kind.WEBHOOK, "GET", "", "", new byte[0], SIGNED);
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.headers()).containsEntry("Allow", "POST");
  }

  @Test
  void requestHeadersAreNotSentBack() {
    assertThat(hub.webhook(HELLO, SIGNED).headers().toString()).doesNotContain(SECRET);
  }

  @Test
  void anUnknownKindIsOk() {
    assertThat(hub.webhook("{\"update_id\":5,\"news\":{\"id\":1}}", SIGNED).status())
        .isEqualTo(200);
    assertThat(hub.batches()).isEmpty();
  }

  @Test
  void R04_aRedeliveryAfterARefusalIsTaken() {
    hub.refuseNext(1);
    assertThat(hub.webhook(HELLO, SIGNED).status()).isEqualTo(503);
    assertThat(hub.webhook(HELLO, SIGNED).status()).isEqualTo(200);
    assertThat(hub.events()).hasSize(1);
  }

  @Test
  void R03_aDuplicateIsOkAndOneMessage() {
    hub.webhook(HELLO, SIGNED);
    String again = HELLO.replace("\"update_id\":1", "\"update_id\":99");
    assertThat(hub.webhook(again, SIGNED).status()).isEqualTo(200);
    assertThat(hub.events()).hasSize(1);
  }

  @Test
  void mischiefOnTheWayLosesAndDoublesNothing() {
    telegram.deliveryMischief().rate(Fault.DUPLICATE, 0.2);
    telegram.deliveryMischief().rate(Fault.REORDER, 0.2);
    telegram.deliveryMischief().rate(Fault.CUT_AFTER, 0.1);
    telegram.deliveryMischief().rate(Fault.SERVER_ERROR, 0.1);
    hub.refuseNext(2);
    IntStream.range(0, 20).forEach(i -> telegram.customerWrites(ANN, "message " + i));
    hub.awaitEvents(20);
    Await.until("all to be confirmed", () -> telegram.pendingUpdates() == 0);
    assertThat(hub.events()).hasSize(20);
  }

  @Test
  void everythingACustomerDoesComesIn() {
    long id = telegram.customerWrites(ANN, "hi");
    telegram.customerEdits(ANN, id, "hello");
    telegram.customerReacts(ANN, id, "👍");
    telegram.customerSharesContact(ANN, "+49301234567");
    telegram.customerBlocks(ANN);
    telegram.customerUnblocks(ANN);
    List<InboundEvent> events = hub.awaitEvents(6);
    assertThat(events)
        .extracting(event -> (Object) event.getClass())
        .containsExactly(
            MessageReceived.class,
            InboundEvent.MessageEdited.class,
            InboundEvent.ReactionChanged.class,
            MessageReceived.class,
            InboundEvent.ReachabilityChanged.class,
            InboundEvent.ReachabilityChanged.class);
    assertThat(((MessageReceived) events.get(3)).from().claims()).hasSize(1);
  }

  @Test
  void aFileIsFetchedByItsReference() throws Exception {
    byte[] bytes = "picture".getBytes(UTF_8);
    String file = telegram.addFile(bytes, "photos/file_1.jpg");
    telegram.customerSends(ANN, "{\"photo\":[{\"file_id\":\"%s\"}]}".formatted(file));
    MessageReceived event = (MessageReceived) hub.awaitEvents(1).getFirst();
    Part.Media media = (Part.Media) event.parts().getFirst();
    try (var content = hub.fetch(media.url().substring(Part.Media.FETCH.length()))) {
      assertThat(content.stream().readAllBytes()).isEqualTo(bytes);
      assertThat(content.size()).isEqualTo(bytes.length);
      assertThat(content.name()).isEqualTo("file_1.jpg");
    }
  }

  @Test
  void aFileThatIsGoneIsAnErrorWithoutTheToken() {
    assertThat(catchThrowable(() -> hub.fetch("gone")))
        .hasStackTraceContaining("wrong file_id")
        .satisfies(e -> assertThat(e.toString() + e.getCause()).doesNotContain("canary"));
  }
}
