package io.omnihub.channel.smpp;

import static io.omnihub.channel.smpp.SmppTests.CUSTOMER;
import static io.omnihub.channel.smpp.SmppTests.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.connector.AccountState;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.OutboundMessage;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.SendOutcome;
import io.omnihub.channel.smpp.text.UserDataHeader;
import io.omnihub.testkit.Await;
import io.omnihub.testkit.ManualClock;
import io.omnihub.testkit.harness.ConnectorHarness;
import io.omnihub.testkit.harness.Samples;
import io.omnihub.testkit.smsc.SmscSimulator;
import io.omnihub.testkit.smsc.SubmittedSms;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmppSendingTest {
  private static final int THROTTLED = 0x58;
  private static final int QUEUE_FULL = 0x14;

  private final SmscSimulator smsc = SmscSimulator.start();
  private final ManualClock clock = new ManualClock(Samples.NOON);
  private final AccountState state = ConnectorHarness.freshState();
  private ConnectorHarness hub;

  @AfterEach
  void stop() {
    if (hub != null) {
      hub.close();
    }
    smsc.close();
  }

  @Test
  void aTextIsSubmittedAsTheNumbersSay() {
    start();
    assertThat(hub.send(SmppTests.message("Hi @ 5€"))).isEqualTo(SendOutcome.Accepted.as("msg-1"));
    SubmittedSms sms = smsc.awaitSubmitted(1).getFirst();
    assertThat(sms.source()).isEqualTo("1:" + SHOP);
    assertThat(sms.destination()).isEqualTo("1:" + CUSTOMER);
    assertThat(sms.content()).isEqualTo(new byte[] {'H', 'i', ' ', 0, ' ', '5', 0x1b, 0x65});
    assertThat(sms.dataCoding()).isZero();
    assertThat(sms.esmClass()).isZero();
  }

  @Test
  void R17_aLongTextHasTheIdsOfAllItsSegments() {
    start();
    SendOutcome outcome = hub.send(SmppTests.message("x".repeat(400)));
    assertThat(outcome).isEqualTo(SendOutcome.Accepted.as("msg-1", "msg-2", "msg-3"));
    assertThat(smsc.submitted())
        .allMatch(sms -> sms.esmClass() == 0x40)
        .extracting(sms -> UserDataHeader.parse(sms.content()).part().number())
        .containsExactly(1, 2, 3);
  }

  @Test
  void referencesOf16Bits() {
    start("concatenation", "16-bit");
    hub.send(SmppTests.message("x".repeat(200)));
    assertThat(UserDataHeader.parse(smsc.submitted().getFirst().content()).part().wide()).isTrue();
  }

  @Test
  void aLongTextGoesWholeAsPayload() {
    start("concatenation", "payload");
    assertThat(hub.send(SmppTests.message("x".repeat(400))))
        .isEqualTo(SendOutcome.Accepted.as("msg-1"));
    SubmittedSms sms = smsc.submitted().getFirst();
    assertThat(sms.content()).hasSize(400);
    assertThat(sms.esmClass()).isZero();
  }

  @Test
  void emojiGoAsUcs2() {
    start();
    hub.send(SmppTests.message("😀"));
    SubmittedSms sms = smsc.submitted().getFirst();
    assertThat(sms.dataCoding()).isEqualTo(8);
    assertThat(new String(sms.content(), StandardCharsets.UTF_16BE)).isEqualTo("😀");
  }

  @Test
  void answeredIdsAreKeptInOneForm() {
    smsc.ids(number -> "0000%04X".formatted(number + 0xab));
    start();
    assertThat(hub.send(SmppTests.message("hi"))).isEqualTo(SendOutcome.Accepted.as("ac"));
  }

  @ParameterizedTest
  @CsvSource({
    "0x0B,RECIPIENT_INVALID",
    "0x0A,CONFIG",
    "0x45,CONTENT_REJECTED",
    "0x01,CONTENT_REJECTED",
    "0x66,CONTENT_REJECTED",
    "0x401,CONTENT_REJECTED"
  })
  void R13_whatIsRefusedIsNotTriedAgain(String status, Failure.Code code) {
    start();
    smsc.answerNext(Integer.decode(status));
    assertThat(hub.send(SmppTests.message("hi")))
        .isInstanceOfSatisfying(
            SendOutcome.Refused.class,
            refused -> assertThat(refused.failure().code()).isEqualTo(code));
  }

  @ParameterizedTest
  @CsvSource({"0x08", "0x64", "0xFF", "0x04"})
  void R13_whatMayPassIsNotSent(String status) {
    start();
    smsc.answerNext(Integer.decode(status));
    assertThat(hub.send(SmppTests.message("hi"))).isInstanceOf(SendOutcome.NotSent.class);
  }

  @Test
  void aCentreThatHasTooMuchIsLeftAlone() {
    start();
    smsc.answerNext(THROTTLED, QUEUE_FULL);
    SendOutcome.Throttled first = (SendOutcome.Throttled) hub.send(SmppTests.message("one"));
    assertThat(first.until()).isEqualTo(Samples.NOON.plusSeconds(1));
    assertThat(hub.send(SmppTests.message("two"))).isEqualTo(first);
    clock.advance(Duration.ofSeconds(1));
    assertThat(hub.send(SmppTests.message("three")))
        .isEqualTo(new SendOutcome.Throttled(Samples.NOON.plusSeconds(3)));
    clock.advance(Duration.ofSeconds(2));
    assertThat(hub.send(SmppTests.message("four"))).isInstanceOf(SendOutcome.Accepted.class);
  }

  @Test
  void segmentsThatWereTakenAreNotSentAgain() {
    start();
    OutboundMessage message = SmppTests.message("x".repeat(400));
    smsc.answerNext(0, THROTTLED);
    assertThat(hub.send(message)).isInstanceOf(SendOutcome.Throttled.class);
    hub.close();
    smsc.awaitBound(0);
    start();
    assertThat(hub.send(message)).isEqualTo(SendOutcome.Accepted.as("msg-1", "msg-2", "msg-3"));
    assertThat(smsc.submitted())
        .extracting(sms -> UserDataHeader.parse(sms.content()).part().number())
        .containsExactly(1, 2, 3);
    assertThat(smsc.submitted())
        .extracting(sms -> UserDataHeader.parse(sms.content()).part().reference())
        .containsOnly(
            UserDataHeader.parse(smsc.submitted().getFirst().content()).part().reference());
  }

  @Test
  void R12_aLostAnswerIsUnknown() {
    start("response-timeout", "200ms");
    smsc.swallowNext(1);
    assertThat(hub.send(SmppTests.message("hi")))
        .isInstanceOfSatisfying(
            SendOutcome.Unknown.class,
            unknown ->
                assertThat(unknown.failure().code()).isEqualTo(Failure.Code.UNKNOWN_OUTCOME));
    assertThat(smsc.submitted()).hasSize(1);
  }

  @Test
  void R12_aConnectionThatEndsBeforeTheAnswerIsUnknown() {
    start();
    smsc.hold();
    CompletableFuture<SendOutcome> sending =
        CompletableFuture.supplyAsync(() -> hub.send(SmppTests.message("hi")));
    smsc.awaitSubmitted(1);
    smsc.drop();
    assertThat(sending.join()).isInstanceOf(SendOutcome.Unknown.class);
  }

  @Test
  void R13_withoutAConnectionItIsNotSent() {
    smsc.answerNextBinds(0x0E);
    hub =
        ConnectorHarness.start(
            new SmppPlugin(
                new SmppPlugin.Pace(
                    Duration.ofMillis(10), Duration.ofMinutes(1), Duration.ofSeconds(1))),
            SmppTests.settings(smsc),
            clock,
            state);
    Await.until("the refusal", () -> code(hub.send(SmppTests.message("hi"))) == Failure.Code.AUTH);
  }

  @Test
  void theWindowIsNotExceeded() {
    start("window", "2");
    smsc.hold();
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<SendOutcome>> sends =
          IntStream.range(0, 5)
              .mapToObj(
                  number ->
                      CompletableFuture.supplyAsync(
                          () -> hub.send(SmppTests.message("hi")), senders))
              .toList();
      smsc.awaitSubmitted(2);
      smsc.release();
      assertThat(sends)
          .allSatisfy(send -> assertThat(send.join()).isInstanceOf(SendOutcome.Accepted.class));
      assertThat(smsc.mostAtOnce()).isEqualTo(2);
    }
  }

  @Test
  void nothingIsSentToNames() {
    start();
    OutboundMessage toName =
        Samples.outbound(new Identity("sms", "acc", "ExampleBank"), Part.Text.plain("hi"));
    assertThat(code(hub.send(toName))).isEqualTo(Failure.Code.RECIPIENT_INVALID);
  }

  private static Failure.Code code(SendOutcome outcome) {
    return switch (outcome) {
      case SendOutcome.Refused refused -> refused.failure().code();
      case SendOutcome.NotSent notSent -> notSent.failure().code();
      case SendOutcome.Unknown unknown -> unknown.failure().code();
      case SendOutcome.Accepted accepted -> throw new AssertionError("was accepted");
      case SendOutcome.Throttled throttled -> Failure.Code.RATE_LIMITED;
    };
  }

  private void start(String... settings) {
    hub =
        ConnectorHarness.start(
            SmppTests.plugin(), SmppTests.settings(smsc, settings), clock, state);
    smsc.awaitBound(1);
  }
}
