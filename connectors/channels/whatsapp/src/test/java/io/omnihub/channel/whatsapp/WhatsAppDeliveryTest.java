package io.omnihub.channel.whatsapp;

import static io.omnihub.channel.whatsapp.WhatsAppSamples.ANN;
import static io.omnihub.channel.whatsapp.WhatsAppSamples.ANN_ID;
import static io.omnihub.channel.whatsapp.WhatsAppSamples.BUSINESS;
import static io.omnihub.channel.whatsapp.WhatsAppSamples.settings;
import static io.omnihub.channel.whatsapp.WhatsAppSamples.written;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.connector.AccountState;
import io.omnihub.api.connector.MediaStore;
import io.omnihub.api.model.Failure.Code;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.OutboundMessage;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.SendOutcome;
import io.omnihub.api.route.TypingNotice;
import io.omnihub.testkit.Await;
import io.omnihub.testkit.ManualClock;
import io.omnihub.testkit.harness.ConnectorHarness;
import io.omnihub.testkit.harness.Samples;
import io.omnihub.testkit.simulator.Fault;
import io.omnihub.testkit.whatsapp.GraphCall;
import io.omnihub.testkit.whatsapp.WhatsAppSimulator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WhatsAppDeliveryTest {
  private static final Duration DAY = Duration.ofHours(24);

  private final ManualClock clock = new ManualClock(Samples.NOON);
  private final AccountState state = ConnectorHarness.freshState();
  private final WhatsAppSimulator whatsapp = new WhatsAppSimulator(0, BUSINESS, 3, clock);
  private ConnectorHarness hub;

  @BeforeEach
  void annHasWritten() {
    whatsapp.customerWrites(ANN, "hi");
    hub = start("read-marks", "false");
  }

  @AfterEach
  void stop() {
    hub.close();
    whatsapp.close();
  }

  @Test
  void aTextArrivesUnderTheIdThatReceiptsName() {
    annWrote("wamid.in");
    OutboundMessage message =
        Samples.outbound(
            ANN_ID, ANN.number(), "wamid.in", List.of(), List.of(Part.Text.plain("hé")));
    SendOutcome outcome = hub.send(message);
    assertThat(outcome).isEqualTo(SendOutcome.Accepted.as(only().providerId()));
    assertThat(only().request().at("/text/body").asText()).isEqualTo("hé");
    assertThat(only().request().at("/context/message_id").asText()).isEqualTo("wamid.in");
    assertThat(only().request().path("biz_opaque_callback_data").asText()).isEqualTo(message.key());
  }

  @Test
  void R38_theWindowIsOpenForADayAndThenClosed() {
    annWrote("wamid.in");
    clock.advance(DAY.minusSeconds(1));
    assertThat(send(Part.Text.plain("in time"))).isInstanceOf(SendOutcome.Accepted.class);
    clock.advance(Duration.ofSeconds(2));
    assertRefused(send(Part.Text.plain("too late")), Code.WINDOW_CLOSED, "template");
    assertThat(whatsapp.sent()).as("WhatsApp was not asked").hasSize(1);
  }

  @Test
  void R38_aTemplateIsTheWayOut() {
    whatsapp.approveTemplate("order", "en_US", 1);
    assertRefused(send(Part.Text.plain("hi")), Code.WINDOW_CLOSED, "template");
    assertThat(send(new Part.Template("order", "en_US", List.of("5"))))
        .isInstanceOf(SendOutcome.Accepted.class);
  }

  @Test
  void R38_whatNobodyWroteOpensNoWindow() {
    hub.remember(written(Samples.NOON, "notice/1", Map.of(ServiceWindow.NOTICE, "call")));
    assertRefused(send(Part.Text.plain("hi")), Code.WINDOW_CLOSED, "template");
  }

  @Test
  void aPausedTemplateIsNotTriedUntilItIsApprovedAgain() {
    whatsapp.deliverThrough((headers, body) -> hub.webhook(body, headers).status());
    whatsapp.approveTemplate("order", "en_US", 0);
    whatsapp.templateEvent("order", "en_US", "PAUSED");
    whatsapp.run();
    Part.Template order = new Part.Template("order", "en-US", List.of());
    assertRefused(send(order), Code.CONTENT_REJECTED, "PAUSED");
    whatsapp.templateEvent("order", "en_US", "APPROVED");
    whatsapp.run();
    assertThat(send(order)).isInstanceOf(SendOutcome.Accepted.class);
  }

  @Test
  void aTemplateWithOtherParametersIsRefused() {
    whatsapp.approveTemplate("order", "en_US", 2);
    assertRefused(
        send(new Part.Template("order", "en_US", List.of("1"))),
        Code.CONTENT_REJECTED,
        "parameters");
    assertRefused(
        send(new Part.Template("order", "", List.of())), Code.CONTENT_REJECTED, "language");
  }

  @Test
  void anAttachmentIsUploadedAndSentByItsId() throws IOException {
    annWrote("wamid.in");
    MediaStore.Stored stored =
        hub.media().store(new ByteArrayInputStream("bytes".getBytes(UTF_8)), "ä.pdf", "x/y");
    assertThat(
            send(
                new Part.Media(
                    Part.MediaKind.FILE, stored.url(), "application/pdf", 5, "ä.pdf", "see")))
        .isInstanceOf(SendOutcome.Accepted.class);
    assertThat(whatsapp.file(only().request().at("/document/id").asText()))
        .asString(UTF_8)
        .isEqualTo("bytes");
    assertThat(only().request().at("/document/filename").asText()).isEqualTo("ä.pdf");
  }

  @Test
  void R44_theTypeThatTheHubFoundCounts() throws IOException {
    annWrote("wamid.in");
    MediaStore.Stored stored =
        hub.media().store(new ByteArrayInputStream(new byte[1]), "a", "application/zip");
    assertRefused(
        send(new Part.Media(Part.MediaKind.FILE, stored.url(), "", 0, "", "")),
        Code.CONTENT_REJECTED,
        "application/zip");
    assertRefused(
        send(new Part.Media(Part.MediaKind.FILE, "/elsewhere/1", "", 0, "", "")),
        Code.CONTENT_REJECTED,
        "gone");
  }

  @ParameterizedTest
  @EnumSource(names = {"CUT_BEFORE", "CUT_AFTER"})
  void R12_aCutConnectionLeavesTheOutcomeOpenAndSendsNothingTwice(Fault cut) {
    annWrote("wamid.in");
    whatsapp.apiMischief().next(cut);
    assertThat(send(Part.Text.plain("a"))).isInstanceOf(SendOutcome.Unknown.class);
    assertThat(whatsapp.sent()).hasSize(cut == Fault.CUT_AFTER ? 1 : 0);
  }

  @Test
  void R12_aStatusTellsThatASendOfUnknownOutcomeIsOut() {
    annWrote("wamid.in");
    whatsapp.deliverThrough((headers, body) -> hub.webhook(body, headers).status());
    whatsapp.apiMischief().next(Fault.CUT_AFTER);
    OutboundMessage message = toAnn(Part.Text.plain("a"));
    assertThat(hub.send(message)).isInstanceOf(SendOutcome.Unknown.class);
    hub.remember(message.whole());
    whatsapp.run();
    String id = only().providerId();
    assertThat(hub.events())
        .filteredOn(InboundEvent.MessageEchoed.class::isInstance)
        .singleElement()
        .satisfies(
            event -> {
              InboundEvent.MessageEchoed echo = (InboundEvent.MessageEchoed) event;
              assertThat(echo.providerId()).isEqualTo(id);
              assertThat(echo.parts()).isEqualTo(message.parts());
            });
    assertThat(hub.events().getLast()).isInstanceOf(InboundEvent.ReceiptReceived.class);
  }

  @Test
  void R12_anUploadThatIsCutSentNothing() throws IOException {
    annWrote("wamid.in");
    MediaStore.Stored stored =
        hub.media().store(new ByteArrayInputStream(new byte[1]), "a.png", "image/png");
    whatsapp.apiMischief().next(Fault.CUT_AFTER);
    assertThat(send(new Part.Media(Part.MediaKind.IMAGE, stored.url(), "image/png", 1, "", "")))
        .isInstanceOf(SendOutcome.NotSent.class);
  }

  @Test
  void R13_whatWasNotSentMayBeSentAgain() {
    annWrote("wamid.in");
    whatsapp.apiMischief().next(Fault.THROTTLE, Fault.SERVER_ERROR);
    assertThat(send(Part.Text.plain("a")))
        .isEqualTo(new SendOutcome.Throttled(Samples.NOON.plusSeconds(1)));
    assertThat(send(Part.Text.plain("b"))).isInstanceOf(SendOutcome.NotSent.class);
    assertThat(send(Part.Text.plain("c"))).isInstanceOf(SendOutcome.Accepted.class);
    assertThat(whatsapp.sent()).hasSize(1);
  }

  @Test
  void R13_aProviderThatIsAwayGotNothing() {
    annWrote("wamid.in");
    whatsapp.away();
    assertThat(send(Part.Text.plain("a"))).isInstanceOf(SendOutcome.NotSent.class);
    whatsapp.back();
    assertThat(send(Part.Text.plain("a"))).isInstanceOf(SendOutcome.Accepted.class);
    assertThat(whatsapp.sent()).hasSize(1);
  }

  @Test
  void theLimitOfAPairHoldsUpThatPair() {
    annWrote("wamid.in");
    whatsapp.limit(2, 80);
    send(Part.Text.plain("1"));
    send(Part.Text.plain("2"));
    assertThat(send(Part.Text.plain("3")))
        .isEqualTo(new SendOutcome.Throttled(Samples.NOON.plusSeconds(6)));
    clock.advance(Duration.ofSeconds(6));
    assertThat(send(Part.Text.plain("3"))).isInstanceOf(SendOutcome.Accepted.class);
  }

  @Test
  void theLimitOfTheAccountHoldsUpEverybodyWithoutAskingAgain() {
    annWrote("wamid.in");
    whatsapp.limit(45, 1);
    send(Part.Text.plain("1"));
    SendOutcome held = new SendOutcome.Throttled(Samples.NOON.plusSeconds(5));
    assertThat(send(Part.Text.plain("2"))).isEqualTo(held);
    whatsapp.apiMischief().next(Fault.SERVER_ERROR);
    assertThat(send(Part.Text.plain("2"))).as("WhatsApp was not asked").isEqualTo(held);
    whatsapp.apiMischief().stop();
    clock.advance(Duration.ofSeconds(5));
    assertThat(send(Part.Text.plain("2"))).isInstanceOf(SendOutcome.Accepted.class);
  }

  @Test
  void aLaterRequestThatFailsIsTheOnlyOneSentAgain() {
    annWrote("wamid.in");
    OutboundMessage message =
        toAnn(
            new Part.Choices(
                "q".repeat(2000), Part.Style.BUTTONS, List.of(Part.Option.of("a", "A"))));
    whatsapp.apiMischief().next(Fault.NONE, Fault.SERVER_ERROR);
    assertThat(hub.send(message)).isInstanceOf(SendOutcome.NotSent.class);
    assertThat(hub.send(message))
        .isInstanceOfSatisfying(
            SendOutcome.Accepted.class, done -> assertThat(done.providerIds()).hasSize(2));
    assertThat(whatsapp.sent()).hasSize(2);
    assertThat(state.get("sent/" + message.key())).hasValue("");
  }

  @Test
  void recipientsThatCannotBeReachedAreRefused() {
    annWrote("wamid.in");
    Identity nobody = Identity.of("whatsapp", "4930999999");
    assertRefused(
        hub.send(Samples.outbound(nobody, Part.Text.plain("a"))), Code.RECIPIENT_INVALID, "131026");
    Identity odd = Identity.of("whatsapp", "ann@e.example");
    assertRefused(
        hub.send(Samples.outbound(odd, Part.Text.plain("a"))), Code.RECIPIENT_INVALID, "address");
  }

  @Test
  void aWrongTokenIsAMatterOfConfiguration() {
    hub.close();
    hub = start("access-token", "other");
    annWrote("wamid.in");
    assertRefused(send(Part.Text.plain("a")), Code.AUTH, "190");
  }

  @Test
  void typingIsShownUnderWhatTheCustomerWroteLast() {
    annWrote("wamid.in");
    hub.typing(new TypingNotice(ANN_ID, ANN.number(), "", Duration.ofSeconds(5)));
    assertThat(whatsapp.calls())
        .singleElement()
        .satisfies(
            call ->
                assertThat(call.request().toString())
                    .isEqualTo(
                        "{\"messaging_product\":\"whatsapp\",\"status\":\"read\","
                            + "\"message_id\":\"wamid.in\",\"typing_indicator\":{\"type\":\"text\"}}"));
  }

  @Test
  void whatIsAnsweredIsMarkedAsReadOnce() {
    hub.close();
    hub = start();
    annWrote("wamid.in");
    send(Part.Text.plain("a"));
    Await.until("the read mark", () -> whatsapp.calls().size() == 2);
    assertThat(whatsapp.calls().getLast().request().path("message_id").asText())
        .isEqualTo("wamid.in");
    send(Part.Text.plain("b"));
    annWrote("wamid.in2");
    send(Part.Text.plain("c"));
    Await.until("the next read mark", () -> whatsapp.calls().size() == 5);
    assertThat(whatsapp.sent()).hasSize(3);
  }

  private ConnectorHarness start(String... others) {
    return ConnectorHarness.start(
        new WhatsAppPlugin(), settings(whatsapp.url() + "/v23.0", others), clock, state);
  }

  private void annWrote(String providerId) {
    hub.remember(written(clock.instant(), providerId, Map.of()));
  }

  private static OutboundMessage toAnn(Part... parts) {
    return Samples.outbound(ANN_ID, ANN.number(), "", List.of(), List.of(parts));
  }

  private SendOutcome send(Part... parts) {
    return hub.send(toAnn(parts));
  }

  private GraphCall only() {
    assertThat(whatsapp.sent()).hasSize(1);
    return whatsapp.sent().getFirst();
  }

  private static void assertRefused(SendOutcome outcome, Code code, String words) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            SendOutcome.Refused.class,
            refused -> {
              assertThat(refused.failure().code()).isEqualTo(code);
              assertThat(refused.failure().detail()).contains(words);
            });
  }
}
