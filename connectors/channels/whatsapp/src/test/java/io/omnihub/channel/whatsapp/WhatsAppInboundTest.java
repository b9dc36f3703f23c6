package io.omnihub.channel.whatsapp;

import static io.omnihub.channel.whatsapp.WhatsAppSamples.ANN_ID;
import static io.omnihub.channel.whatsapp.WhatsAppSamples.annsMessage;
import static io.omnihub.channel.whatsapp.WhatsAppSamples.hub;
import static io.omnihub.channel.whatsapp.WhatsAppSamples.message;
import static io.omnihub.channel.whatsapp.WhatsAppSamples.only;
import static io.omnihub.channel.whatsapp.WhatsAppSamples.payload;
import static io.omnihub.channel.whatsapp.WhatsAppSamples.post;
import static io.omnihub.channel.whatsapp.WhatsAppSamples.value;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.json.HubJson;
import io.omnihub.api.model.Claim;
import io.omnihub.api.model.DeliveryStatus;
import io.omnihub.api.model.Failure.Code;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.InboundEvent.MessageReceived;
import io.omnihub.api.model.InboundEvent.ReceiptReceived;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.ProofLevel;
import io.omnihub.testkit.harness.ConnectorHarness;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhatsAppInboundTest {
  private final ConnectorHarness hub = hub();

  @AfterEach
  void stop() {
    hub.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          text     | {"body":"hi"}                                     | {"type":"text","text":"hi","format":"plain"}
          image    | {"id":"5","mime_type":"image/png","caption":"c"}  | {"type":"media","kind":"image","url":"fetch:5","mediaType":"image/png","caption":"c"}
          video    | {"id":"5","mime_type":"video/mp4"}                | {"type":"media","kind":"video","url":"fetch:5","mediaType":"video/mp4"}
          document | {"id":"5","filename":"a.pdf"}                     | {"type":"media","kind":"file","url":"fetch:5","name":"a.pdf"}
          audio    | {"id":"5","voice":true}                           | {"type":"media","kind":"voice","url":"fetch:5"}
          audio    | {"id":"5","voice":false}                          | {"type":"media","kind":"audio","url":"fetch:5"}
          sticker  | {"id":"5","animated":true}                        | {"type":"media","kind":"sticker","url":"fetch:5"}
          location | {"latitude":1.5,"longitude":2,"name":"Cafe"}      | {"type":"location","latitude":1.5,"longitude":2.0,"name":"Cafe"}
          contacts | [{"name":{"formatted_name":"Bob"},"phones":[{"phone":"+1 5"}],"emails":[{"email":"b@e"}]}] | {"type":"contact","name":"Bob","phones":["+1 5"],"emails":["b@e"]}
          button   | {"payload":"yes","text":"Yes"}                    | {"type":"choice","id":"yes","label":"Yes"}
          interactive | {"type":"button_reply","button_reply":{"id":"a","title":"A"}} | {"type":"choice","id":"a","label":"A"}
          interactive | {"type":"list_reply","list_reply":{"id":"a","title":"A","description":"d"}} | {"type":"choice","id":"a","label":"A"}
          interactive | {"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent","response_json":"{\\"stars\\":4,\\"flow_token\\":\\"t\\"}"}} | {"type":"text","text":"stars: 4","format":"plain"}
          order    | {"text":"soon","product_items":[{"product_retailer_id":"TEA","quantity":2,"item_price":3,"currency":"EUR"}]} | {"type":"text","text":"soon\\n2 × TEA, 3 EUR","format":"plain"}
          """)
  void everyKindBecomesItsPart(String type, String content, String part) {
    MessageReceived event = received("\"type\":\"" + type + "\",\"" + type + "\":" + content);
    assertThat(event.parts()).hasSize(1);
    assertThat(HubJson.mapper().<JsonNode>valueToTree(event.parts().getFirst()).toString())
        .isEqualTo(part);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "type":"unsupported","errors":[{"code":131051}],"unsupported":{"type":"poll"} | unsupported.poll
          "type":"hologram","hologram":{"x":1}                                          | hologram
          "type":"interactive"                                                          | interactive
          "type":"interactive","interactive":{"type":"call_permission_reply"}           | interactive.call_permission_reply
          "type":"image","image":{"mime_type":"image/png"}                              | image
          "type":"location","location":{"latitude":95,"longitude":0}                    | location
          "type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"response_json":"{"}} | interactive.nfm_reply
          """)
  void whatIsNotUnderstoodIsKept(String fields, String kind) {
    assertThat(received(fields).parts())
        .singleElement()
        .isInstanceOfSatisfying(
            Part.Unsupported.class,
            part -> {
              assertThat(part.providerType()).isEqualTo(kind);
              assertThat(part.raw().path("id").asText()).isEqualTo("wamid.1");
            });
  }

  @Test
  void aMessageHasItsSenderTimeAndContext() {
    MessageReceived event =
        received(
            "\"type\":\"text\",\"text\":{\"body\":\"hi\"},\"context\":{\"id\":\"wamid.0\","
                + "\"forwarded\":true},\"referral\":{\"source_id\":\"AD\",\"ctwa_clid\":\"c\"}");
    assertThat(event.key()).isEqualTo("message/wamid.1");
    assertThat(event.from().identity()).isEqualTo(ANN_ID);
    assertThat(event.from().name()).isEqualTo("Ann");
    assertThat(event.address()).isEqualTo("491701234567");
    assertThat(event.at()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(event.replyTo()).isEqualTo("wamid.0");
    assertThat(event.attributes())
        .containsEntry("forwarded", true)
        .containsEntry("referral", Map.of("source_id", "AD", "ctwa_clid", "c"));
  }

  @Test
  void millisecondsAreUnderstood() {
    String body = message("\"type\":\"text\",\"text\":{\"body\":\"hi\"}");
    MessageReceived event =
        only(hub, body.replace("\"1767225600\"", "\"1767225600000\""), MessageReceived.class);
    assertThat(event.at()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Test
  void R22_aUserIsKnownByHisOwnIdWithinTheBusinessAndVouchedForByNumber() {
    assertThat(received("\"type\":\"text\",\"text\":{\"body\":\"hi\"}").from().claims())
        .containsExactlyInAnyOrder(
            new Claim(Identity.of("tel", "+491701234567"), ProofLevel.ASSERTED),
            new Claim(Identity.of("whatsapp", "491701234567"), ProofLevel.ASSERTED));
  }

  @Test
  void R22_aUserWithoutANumberIsTaken() {
    String body =
        message("\"type\":\"text\",\"text\":{\"body\":\"hi\"}")
            .replace("\"from\":\"491701234567\",", "")
            .replace("\"wa_id\":\"491701234567\",", "");
    MessageReceived event = only(hub, body, MessageReceived.class);
    assertThat(event.from().identity()).isEqualTo(ANN_ID);
    assertThat(event.from().claims()).isEmpty();
    assertThat(event.address()).isEqualTo("DE.4711");
  }

  @Test
  void R22_aUserWithoutAnOwnIdIsKnownByNumber() {
    String body =
        message("\"type\":\"text\",\"text\":{\"body\":\"hi\"}")
            .replace("\"from_user_id\":\"DE.4711\",", "")
            .replace(",\"user_id\":\"DE.4711\"", "");
    MessageReceived event = only(hub, body, MessageReceived.class);
    assertThat(event.from().identity()).isEqualTo(Identity.of("whatsapp", "491701234567"));
    assertThat(event.from().name()).isEqualTo("Ann");
  }

  @Test
  void aContactOfSomebodyElseGivesNoName() {
    String body =
        message("\"type\":\"text\",\"text\":{\"body\":\"hi\"}")
            .replace("\"wa_id\":\"491701234567\",\"user_id\":\"DE.4711\"", "\"wa_id\":\"4930\"");
    assertThat(only(hub, body, MessageReceived.class).from().name()).isEmpty();
  }

  @Test
  void R26_aChangeOfNumberIsARename() {
    post(
        hub,
        message(
            "\"type\":\"system\",\"system\":{\"type\":\"user_changed_number\",\"body\":\"moved\","
                + "\"wa_id\":\"491709999999\",\"user_id\":\"DE.4712\"}"));
    assertThat(hub.events().subList(0, 2))
        .extracting(event -> ((InboundEvent.IdentityRenamed) event).to())
        .containsExactly(
            Identity.of("whatsapp", "491709999999"), new Identity("whatsapp", "999", "DE.4712"));
    MessageReceived told = (MessageReceived) hub.events().getLast();
    assertThat(told.automatic()).isTrue();
    assertThat(told.from().identity()).isEqualTo(ANN_ID);
    assertThat(told.parts()).containsExactly(Part.Text.plain("moved"));
  }

  @Test
  void R26_aNewOwnIdIsARename() {
    InboundEvent.IdentityRenamed renamed =
        only(
            hub,
            payload(
                "user_id_update",
                value(
                    "user_id_update",
                    "{\"user_id\":{\"previous\":\"DE.4711\",\"current\":\"DE.5\"}}")),
            InboundEvent.IdentityRenamed.class);
    assertThat(renamed.sender()).isEqualTo(ANN_ID);
    assertThat(renamed.to()).isEqualTo(new Identity("whatsapp", "999", "DE.5"));
  }

  @Test
  void reactionsEditsAndRevokesAreEventsOnTheirMessage() {
    post(
        hub,
        message(
            "\"type\":\"reaction\",\"reaction\":{\"message_id\":\"wamid.0\",\"emoji\":\"👍\"}"));
    post(
        hub,
        payload(
            "messages",
            value(
                "messages",
                String.join(
                    ",",
                    annsMessage(
                        "wamid.2",
                        "\"type\":\"reaction\",\"reaction\":{\"message_id\":\"wamid.0\"}"),
                    annsMessage(
                        "wamid.3",
                        "\"type\":\"edit\",\"edit\":{\"original_message_id\":\"wamid.0\",\"message\":"
                            + "{\"type\":\"text\",\"text\":{\"body\":\"new\"}}}"),
                    annsMessage(
                        "wamid.4",
                        "\"type\":\"revoke\",\"revoke\":{\"original_message_id\":\"wamid.0\"}")))));
    Instant at = Instant.parse("2026-01-01T00:00:00Z");
    assertThat(hub.events())
        .containsExactly(
            new InboundEvent.ReactionChanged(
                "reaction/wamid.1", ANN_ID, "wamid.0", at, List.of("👍")),
            new InboundEvent.ReactionChanged("reaction/wamid.2", ANN_ID, "wamid.0", at, List.of()),
            new InboundEvent.MessageEdited(
                "edit/wamid.3", ANN_ID, "wamid.0", at, List.of(Part.Text.plain("new"))),
            new InboundEvent.MessageDeleted("revoke/wamid.4", ANN_ID, "wamid.0", at));
  }

  @Test
  void whatTheBusinessTypesInTheAppIsAnEcho() {
    InboundEvent.MessageEchoed echo =
        only(
            hub,
            payload(
                "smb_message_echoes",
                value(
                    "message_echoes",
                    "{\"from\":\"1555\",\"to\":\"491701234567\",\"id\":\"wamid.7\","
                        + "\"timestamp\":\"1767225600\",\"type\":\"text\",\"text\":{\"body\":\"yes\"}}")),
            InboundEvent.MessageEchoed.class);
    assertThat(echo.sender()).isEqualTo(ANN_ID);
    assertThat(echo.address()).isEqualTo("491701234567");
    assertThat(echo.parts()).containsExactly(Part.Text.plain("yes"));
  }

  @ParameterizedTest
  @CsvSource({"sent, SENT", "delivered, DELIVERED", "read, READ", "played, READ", "failed, FAILED"})
  void aStatusIsAReceipt(String word, DeliveryStatus status) {
    ReceiptReceived receipt = only(hub, status("wamid.9", word, 131047), ReceiptReceived.class);
    assertThat(receipt.key()).isEqualTo("status/wamid.9/" + word);
    assertThat(receipt.sender()).isEqualTo(ANN_ID);
    assertThat(receipt.targets()).containsExactly("wamid.9");
    assertThat(receipt.status()).isEqualTo(status);
    assertThat(receipt.failure() != null).isEqualTo(status == DeliveryStatus.FAILED);
    if (receipt.failure() != null) {
      assertThat(receipt.failure().code()).isEqualTo(Code.WINDOW_CLOSED);
      assertThat(receipt.failure().detail()).contains("131047", "template");
    }
  }

  @Test
  void anUnknownStatusIsKeptAndReachesNoBot() {
    MessageReceived event = only(hub, status("wamid.9", "deleted", 0), MessageReceived.class);
    assertThat(event.automatic()).isTrue();
    assertThat(event.attributes()).containsEntry(ServiceWindow.NOTICE, "status");
  }

  @Test
  void R09_everyElementOfABatchIsHandled() {
    String entries =
        IntStream.range(0, 3)
            .mapToObj(
                entry ->
                    "{\"id\":\"999\",\"changes\":["
                        + change("messages", entry, i -> annsMessage("m" + i, TEXT))
                        + ","
                        + change("statuses", entry, i -> statusElement("s" + i, "read", 0))
                        + "]}")
            .collect(Collectors.joining(","));
    post(hub, "{\"entry\":[" + entries + "]}");
    assertThat(hub.batches()).hasSize(1);
    assertThat(hub.events().stream().filter(MessageReceived.class::isInstance)).hasSize(6);
    assertThat(hub.events().stream().filter(ReceiptReceived.class::isInstance)).hasSize(6);
  }

  @Test
  void newsOfTheAccountIsKeptAsANoticeThatNobodyHasToAnswer() {
    MessageReceived notice =
        only(
            hub,
            payload("account_update", "{\"event\":\"ACCOUNT_RESTRICTION\"}"),
            MessageReceived.class);
    assertThat(notice.from().identity()).isEqualTo(Identity.of("whatsapp-account", "999"));
    assertThat(notice.automatic()).isTrue();
    assertThat(notice.parts())
        .hasSize(2)
        .first()
        .isEqualTo(Part.Text.plain("account_update ACCOUNT_RESTRICTION"));
  }

  @Test
  void aMessageWithoutASenderIsUnreadableAndTheOthersAreTaken() {
    String nameless = "{\"id\":\"wamid.5\",\"type\":\"text\",\"text\":{\"body\":\"hi\"}}";
    post(hub, payload("messages", value("messages", nameless + "," + annsMessage("m1", TEXT))));
    assertThat(hub.events())
        .extracting(event -> (Object) event.getClass())
        .containsExactly(InboundEvent.Unreadable.class, MessageReceived.class);
  }

  @Test
  void aKeyIsNeverTooLong() {
    String id = "wamid." + "x".repeat(5000);
    post(hub, payload("messages", value("messages", annsMessage(id, TEXT))));
    assertThat(hub.events().getFirst().key()).hasSizeLessThan(256);
  }

  @Test
  void aMessageInAGroupIsAnsweredThere() {
    assertThat(received(TEXT + ",\"group_id\":\"G1\"").address()).isEqualTo("group/G1");
  }

  private static final String TEXT = "\"type\":\"text\",\"text\":{\"body\":\"hi\"}";

  private MessageReceived received(String fields) {
    return only(hub, message(fields), MessageReceived.class);
  }

  private static String status(String id, String word, int error) {
    return payload("messages", value("statuses", statusElement(id, word, error)));
  }

  private static String statusElement(String id, String word, int error) {
    return "{\"id\":\"%s\",\"status\":\"%s\",\"timestamp\":\"1767225600\",\"recipient_id\":\"491701234567\",\"errors\":[{\"code\":%d}]}"
        .formatted(id, word, error);
  }

  private interface Element {
    String of(int number);
  }

  private static String change(String array, int entry, Element element) {
    String elements = element.of(entry * 2) + "," + element.of(entry * 2 + 1);
    return "{\"field\":\"messages\",\"value\":" + value(array, elements) + "}";
  }
}
