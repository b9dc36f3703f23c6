package io.omnihub.channel.telegram;

import static io.omnihub.channel.telegram.TelegramSamples.ANN;
import static io.omnihub.channel.telegram.TelegramSamples.ANN_ID;
import static io.omnihub.channel.telegram.TelegramSamples.TOKEN;
import static io.omnihub.channel.telegram.TelegramSamples.settings;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.connector.AccountState;
import io.omnihub.api.connector.MediaStore;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.OutboundMessage;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.Part.MediaKind;
import io.omnihub.api.model.SendOutcome;
import io.omnihub.api.route.TypingNotice;
import io.omnihub.testkit.Await;
import io.omnihub.testkit.ManualClock;
import io.omnihub.testkit.harness.ConnectorHarness;
import io.omnihub.testkit.harness.Samples;
import io.omnihub.testkit.simulator.Fault;
import io.omnihub.testkit.telegram.BotCall;
import io.omnihub.testkit.telegram.TelegramSimulator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TelegramDeliveryTest {
  private final TelegramSimulator telegram = new TelegramSimulator(0, TOKEN, 5);
  private final ManualClock clock = new ManualClock(Samples.NOON);
  private final AccountState state = ConnectorHarness.freshState();
  private ConnectorHarness hub;

  @BeforeEach
  void start() {
    telegram.open(ANN);
    hub =
        ConnectorHarness.start(
            new TelegramPlugin(), settings(telegram.url().toString()), clock, state);
    Await.until("the set-up to be over", () -> !telegram.webhookUrl().isEmpty());
  }

  @AfterEach
  void stop() {
    hub.close();
    telegram.close();
  }

  @Test
  void aTextArrives() {
    assertThat(send(Part.Text.plain("a <b> & *c*"))).isEqualTo(SendOutcome.Accepted.as("42:1"));
    BotCall call = only();
    assertThat(call.method()).isEqualTo("sendMessage");
    assertThat(call.text("text")).isEqualTo("a <b> & *c*");
    assertThat(call.params().properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder("chat_id", "text");
  }

  @Test
  void markdownArrivesAsTelegramsHtml() {
    send(new Part.Text("**a** < b", Part.Format.MARKDOWN));
    assertThat(only().text("text")).isEqualTo("<b>a</b> &lt; b");
    assertThat(only().text("parse_mode")).isEqualTo("HTML");
  }

  @Test
  void aReplyThreadAndConnectionAreNamed() {
    OutboundMessage plain =
        Samples.outbound(ANN_ID, "conn/42", "conn/42:9", List.of(), List.of(Part.Text.plain("x")));
    assertThat(hub.send(inThread(plain, "5"))).isEqualTo(SendOutcome.Accepted.as("conn/42:1"));
    assertThat(only().params().path("reply_parameters").toString())
        .isEqualTo("{\"message_id\":9,\"allow_sending_without_reply\":true}");
    assertThat(only().text("message_thread_id")).isEqualTo("5");
    assertThat(only().text("business_connection_id")).isEqualTo("conn");
  }

  @Test
  void choicesAreButtons() {
    Part.Option page = new Part.Option("", "Page", "https://e.example/");
    send(new Part.Choices("Which?", Part.Style.LIST, List.of(Part.Option.of("a", "A"), page)));
    assertThat(only().params().path("reply_markup").toString())
        .isEqualTo(
            "{\"inline_keyboard\":[[{\"text\":\"A\",\"callback_data\":\"a\"}],"
                + "[{\"text\":\"Page\",\"url\":\"https://e.example/\"}]]}");
  }

  @Test
  void anOptionsLongIdComesBackWhole() {
    String longId = "ü".repeat(40);
    Part.Choices choices =
        new Part.Choices(
            "Which?",
            Part.Style.BUTTONS,
            List.of(Part.Option.of("#1", "First"), Part.Option.of(longId, "Second")));
    OutboundMessage message = Samples.outbound(ANN_ID, choices);
    assertThat(hub.send(message)).isInstanceOf(SendOutcome.Accepted.class);
    hub.remember(message.whole());
    telegram.deliverThrough((url, headers, body) -> hub.webhook(body, headers).status());
    telegram.customerPresses(ANN, 1, 0);
    telegram.customerPresses(ANN, 1, 1);
    assertThat(hub.awaitEvents(2))
        .extracting(TelegramDeliveryTest::firstPart)
        .containsExactly(new Part.Choice("#1", "First"), new Part.Choice(longId, "Second"));
  }

  @Test
  void anAttachmentIsUploaded() throws IOException {
    MediaStore.Stored stored =
        hub.media().store(new ByteArrayInputStream("bytes".getBytes(UTF_8)), "ä \"1\".pdf", "x/y");
    send(
        new Part.Media(
            MediaKind.FILE, stored.url(), "application/pdf", 5, "ä \"1\".pdf", "the <file>"));
    assertThat(only().method()).isEqualTo("sendDocument");
    assertThat(only().text("caption")).isEqualTo("the <file>");
    BotCall.Upload upload = only().uploads().get("document");
    assertThat(upload.content()).asString(UTF_8).isEqualTo("bytes");
    assertThat(upload.name()).isEqualTo("ä _1_.pdf");
  }

  @Test
  void anAttachmentThatIsGoneIsRefused() {
    assertRefused(
        send(new Part.Media(MediaKind.FILE, "/elsewhere/1", "", 0, "", "")),
        Failure.Code.CONTENT_REJECTED);
  }

  @Test
  void aFileElsewhereGoesByItsAddress() {
    send(new Part.Media(MediaKind.IMAGE, "https://e.example/a.png", "image/png", 0, "", ""));
    assertThat(only().method()).isEqualTo("sendPhoto");
    assertThat(only().text("photo")).isEqualTo("https://e.example/a.png");
  }

  @Test
  void placesAndContactsArrive() {
    send(new Part.Location(1, 2, "", ""));
    send(new Part.Location(1, 2, "Cafe", ""));
    send(new Part.ContactCard("Bob", List.of("+491"), List.of("b@e.example")));
    assertThat(telegram.sentTo(42))
        .extracting(BotCall::method)
        .containsExactly("sendLocation", "sendVenue", "sendContact", "sendMessage");
  }

  @Test
  void typingIsShown() {
    hub.typing(new TypingNotice(ANN_ID, "42", "", Duration.ofSeconds(5)));
    assertThat(only().text("action")).isEqualTo("typing");
  }

  @Test
  void aLongTextIsSeveralMessagesOfOneOutcome() {
    assertThat(send(Part.Text.plain("word ".repeat(1000))))
        .isEqualTo(SendOutcome.Accepted.as("42:1", "42:2"));
    assertThat(telegram.sentTo(42).stream().map(call -> call.text("text")).toList())
        .hasSize(2)
        .allMatch(text -> text.length() <= 4096);
  }

  @Test
  void aLaterPieceThatFailsIsTheOnlyOneSentAgain() {
    OutboundMessage message = Samples.outbound(ANN_ID, Part.Text.plain("word ".repeat(1000)));
    telegram.apiMischief().next(Fault.NONE, Fault.SERVER_ERROR);
    assertThat(hub.send(message)).isInstanceOf(SendOutcome.NotSent.class);
    assertThat(hub.send(message)).isEqualTo(SendOutcome.Accepted.as("42:1", "42:2"));
    assertThat(telegram.sentTo(42)).hasSize(2);
    assertThat(state.get("sent/" + message.key())).hasValue("");
  }

  @Test
  void faultsAreToldApart() {
    telegram.apiMischief().next(Fault.THROTTLE);
    assertThat(send(Part.Text.plain("a")))
        .isEqualTo(new SendOutcome.Throttled(Samples.NOON.plusSeconds(1)));
    telegram.apiMischief().next(Fault.CUT_AFTER);
    assertThat(send(Part.Text.plain("b"))).isInstanceOf(SendOutcome.Unknown.class);
    assertThat(telegram.sentTo(42)).as("nothing is sent twice").hasSize(1);
    telegram.apiMischief().next(Fault.CUT_BEFORE);
    assertThat(send(Part.Text.plain("c"))).isInstanceOf(SendOutcome.Unknown.class);
    assertThat(telegram.sentTo(42)).hasSize(1);
  }

  @Test
  void markupThatTelegramCannotReadIsSentWithoutIt() {
    telegram.answerNext(
        "sendMessage",
        400,
        "{\"ok\":false,\"description\":\"Bad Request: can't parse entities: odd tag\"}");
    assertThat(send(new Part.Text("**a** < b", Part.Format.MARKDOWN)))
        .isEqualTo(SendOutcome.Accepted.as("42:1"));
    assertThat(only().text("text")).isEqualTo("a < b");
    assertThat(only().params().has("parse_mode")).isFalse();
  }

  @Test
  void aGroupThatHasMovedIsFollowed() {
    telegram.answerNext(
        "sendMessage",
        400,
        "{\"ok\":false,\"description\":\"Bad Request: group chat was upgraded to a supergroup"
            + " chat\",\"parameters\":{\"migrate_to_chat_id\":42}}");
    OutboundMessage toOldGroup =
        Samples.outbound(ANN_ID, "-5", "", List.of(), List.of(Part.Text.plain("a")));
    assertThat(hub.send(toOldGroup)).isEqualTo(SendOutcome.Accepted.as("42:1"));
  }

  @Test
  void recipientsThatCannotBeReachedAreRefused() {
    telegram.customerBlocks(ANN);
    assertRefused(send(Part.Text.plain("a")), Failure.Code.RECIPIENT_BLOCKED);
    Identity nobody = Identity.of("telegram", "43");
    assertRefused(
        hub.send(Samples.outbound(nobody, Part.Text.plain("a"))), Failure.Code.RECIPIENT_INVALID);
    OutboundMessage nowhere =
        Samples.outbound(ANN_ID, "ann@example", "", List.of(), List.of(Part.Text.plain("a")));
    assertRefused(hub.send(nowhere), Failure.Code.RECIPIENT_INVALID);
    assertRefused(send(Part.Text.plain(" ")), Failure.Code.CONTENT_REJECTED);
  }

  @Test
  void aProviderThatIsAwayGotNothing() {
    telegram.close();
    try (ConnectorHarness other =
        ConnectorHarness.start(new TelegramPlugin(), settings(telegram.url().toString()))) {
      assertThat(other.send(Samples.outbound(ANN_ID, Part.Text.plain("a"))))
          .isInstanceOf(SendOutcome.NotSent.class);
    }
  }

  @Test
  void aWrongTokenIsAMatterOfConfiguration() {
    try (ConnectorHarness other =
        ConnectorHarness.start(
            new TelegramPlugin(), settings(telegram.url().toString(), "token", "4711:other"))) {
      assertRefused(other.send(Samples.outbound(ANN_ID, Part.Text.plain("a"))), Failure.Code.AUTH);
    }
  }

  private static Part firstPart(InboundEvent event) {
    return ((InboundEvent.MessageReceived) event).parts().getFirst();
  }

  private static void assertRefused(SendOutcome outcome, Failure.Code code) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            SendOutcome.Refused.class,
            refused -> assertThat(refused.failure().code()).isEqualTo(code));
  }

  private SendOutcome send(Part... parts) {
    return hub.send(Samples.outbound(ANN_ID, parts));
  }

  private BotCall only() {
    assertThat(telegram.sentTo(42)).hasSize(1);
    return telegram.sentTo(42).getFirst();
  }

  private static OutboundMessage inThread(OutboundMessage message, String thread) {
    return new OutboundMessage(
        message.id(),
        message.key(),
        message.conversationId(),
        message.identity(),
        message.address(),
        thread,
        message.subject(),
        message.author(),
        message.parts(),
        message.replyTo(),
        message.references(),
        message.attributes(),
        message.whole());
  }
}
