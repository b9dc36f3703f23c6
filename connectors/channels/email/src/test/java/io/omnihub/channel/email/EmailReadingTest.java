package io.omnihub.channel.email;

import static io.omnihub.channel.email.Provider.ANN;
import static io.omnihub.channel.email.Provider.SUPPORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.connector.AccountState;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.Part;
import io.omnihub.api.route.InboundBatch;
import io.omnihub.testkit.Await;
import io.omnihub.testkit.harness.ConnectorHarness;
import io.omnihub.testkit.mail.MailSimulator;
import io.omnihub.testkit.mail.SimulatedMail;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading, against a real IMAP server. */
class EmailReadingTest {
  private final Provider provider = new Provider();
  private final MailSimulator mail = provider.mail;

  @AfterEach
  void closeProvider() {
    provider.close();
  }

  @Test
  void idleTellsOfMailAtOnce() {
    try (ConnectorHarness hub = provider.start()) {
      awaitCommand("IDLE");

      SimulatedMail sent = send("first");

      assertThat(texts(hub.awaitEvents(1))).containsExactly("first");
      assertThat(hub.events().getFirst().key()).isEqualTo("message/" + sent.messageId());
      InboundBatch batch = hub.batches().getFirst();
      assertThat(batch.rawType()).isEqualTo("message/rfc822");
      assertThat(new String(batch.raw(), StandardCharsets.UTF_8)).contains(sent.messageId());
    }
  }

  @Test
  void mailThatComesWhileOthersAreReadIsNotForgottenByIdle() {
    try (ConnectorHarness hub = provider.start()) {
      awaitCommand("IDLE");
      for (int i = 0; i < 60; i++) {
        send("burst " + i);
      }
      assertThat(texts(hub.awaitEvents(60))).isEqualTo(numbered("burst ", 0, 60));
    }
  }

  @Test
  void pollingFindsMailWhereTheServerKnowsNoIdle() {
    mail.offerIdle(false);
    try (ConnectorHarness hub = provider.start()) {
      awaitCommand("UID SEARCH");
      send("polled");
      assertThat(texts(hub.awaitEvents(1))).containsExactly("polled");
      assertThat(mail.imapCommands()).doesNotContain("IDLE");
    }
  }

  @Test
  void onlyMailFromNowOnIsReadAtTheFirstStart() {
    mail.deliverRaw(SUPPORT, raw("old"), Instant.now().minus(Duration.ofMinutes(5)));
    try (ConnectorHarness hub = provider.start()) {
      awaitCommand("IDLE");
      send("new");
      assertThat(texts(hub.awaitEvents(1))).containsExactly("new");
    }
  }

  @Test
  void mailThatComesWhileTheServerIsOutOfReachAtTheFirstStartIsRead() {
    mail.cut();
    try (ConnectorHarness hub = provider.start()) {
      send("meanwhile");
      mail.restore();
      assertThat(texts(hub.awaitEvents(1))).containsExactly("meanwhile");
    }
  }

  @Test
  void backfillReadsMailThatIsNotTooOld() {
    mail.deliverRaw(SUPPORT, raw("too old"), Instant.now().minus(Duration.ofDays(3)));
    mail.deliverRaw(SUPPORT, raw("recent"), Instant.now().minus(Duration.ofHours(3)));
    try (ConnectorHarness hub = startWith(Map.of("backfill", "1d"))) {
      awaitCommand("IDLE");
      send("new");
      assertThat(texts(hub.awaitEvents(2))).containsExactly("recent", "new");
    }
  }

  @Test
  void aRestartGoesOnWhereItStopped() {
    AccountState state = ConnectorHarness.freshState();
    try (ConnectorHarness hub = provider.start(state)) {
      awaitCommand("IDLE");
      send("one");
      hub.awaitEvents(1);
    }
    send("two");
    try (ConnectorHarness hub = provider.start(state)) {
      assertThat(texts(hub.awaitEvents(1))).containsExactly("two");
      send("three");
      assertThat(texts(hub.awaitEvents(2))).containsExactly("two", "three");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void R15_reconnectReplaysNothingAndMissesNothing(boolean idle) {
    mail.offerIdle(idle);
    try (ConnectorHarness hub = provider.start()) {
      awaitCommand(idle ? "IDLE" : "UID SEARCH");
      send("before");
      hub.awaitEvents(1);

      mail.cut();
      for (int i = 0; i < 20; i++) {
        send("during " + i);
      }
      mail.restore();

      hub.awaitEvents(21);
      send("after");
      hub.awaitEvents(22);
      assertThat(texts(hub.events()).subList(1, 21)).isEqualTo(numbered("during ", 0, 20));
      assertThat(hub.batches()).as("nothing is handed in twice").hasSize(22);
    }
  }

  @Test
  void R35_aRebuiltFolderLosesNoMail() {
    AccountState state = ConnectorHarness.freshState();
    mail.deliverRaw(SUPPORT, raw("from before"), Instant.now().minus(Duration.ofHours(1)));
    try (ConnectorHarness hub = provider.start(state)) {
      awaitCommand("IDLE");
      for (int i = 0; i < 5; i++) {
        send("known " + i);
      }
      hub.awaitEvents(5);
      mail.cut();
      send("unread yet");
      mail.rebuild(SUPPORT);
      mail.restore();

      hub.awaitEvents(6);
      send("after");
      hub.awaitEvents(7);
      assertThat(texts(hub.events()))
          .containsExactly(
              "known 0", "known 1", "known 2", "known 3", "known 4", "unread yet", "after");
    }
  }

  @Test
  void R35_aPoisonMailIsSetAsideAndTheOthersAreRead() {
    mail.withhold(2);
    try (ConnectorHarness hub = provider.start()) {
      awaitCommand("IDLE");
      send("one");
      send("two");
      send("three");

      List<InboundEvent> events = hub.awaitEvents(3);
      assertThat(events.get(0)).isInstanceOf(InboundEvent.MessageReceived.class);
      assertThat(events.get(2)).isInstanceOf(InboundEvent.MessageReceived.class);
      assertThat(events.get(1)).isInstanceOf(InboundEvent.Unreadable.class);
    }
  }

  @Test
  void R35_aHugeMailIsSetAsideWithItsHeaders() {
    try (ConnectorHarness hub = startWith(Map.of("max-size", "20KiB"))) {
      awaitCommand("IDLE");
      SimulatedMail huge = send("x".repeat(40_000));
      send("small");

      List<InboundEvent> events = hub.awaitEvents(2);
      assertThat(events.getFirst())
          .isInstanceOfSatisfying(
              InboundEvent.Unreadable.class,
              unreadable -> {
                assertThat(unreadable.key()).isEqualTo("unreadable/" + huge.messageId());
                assertThat(unreadable.sender().value()).isEqualTo(ANN);
                assertThat(unreadable.reason()).contains("20480");
              });
      String raw = new String(hub.batches().getFirst().raw(), StandardCharsets.UTF_8);
      assertThat(raw).contains(huge.messageId()).hasSizeLessThan(2_000);
      assertThat(texts(events)).containsExactly("small");
    }
  }

  @Test
  void R35_aMailWithoutMessageIdIsReadOnceEvenWhenItsFolderIsRebuilt() {
    try (ConnectorHarness hub = provider.start()) {
      awaitCommand("IDLE");
      mail.deliverRaw(SUPPORT, raw("anonymous 1"));
      mail.deliverRaw(SUPPORT, raw("anonymous 2"));
      hub.awaitEvents(2);
      mail.rebuild(SUPPORT);
      send("after");
      assertThat(texts(hub.awaitEvents(3))).containsExactly("anonymous 1", "anonymous 2", "after");
    }
  }

  @Test
  void theSeenFlagIsNeitherAskedForNorSet() {
    send("read by a person already");
    try (ConnectorHarness hub = provider.start()) {
      awaitCommand("IDLE");
      send("one");
      send("two");
      hub.awaitEvents(2);
      assertThat(mail.mailsFor(SUPPORT)).noneMatch(SimulatedMail::seen);
      assertThat(mail.imapCommands()).contains("EXAMINE").doesNotContain("SELECT", "STORE");
    }
  }

  @Test
  void theCursorMovesOnlyWhenTheHubHasTheMail() {
    try (ConnectorHarness hub = provider.start()) {
      awaitCommand("IDLE");
      hub.refuseNext(1);
      send("one");
      send("two");
      assertThat(texts(hub.awaitEvents(2))).containsExactly("one", "two");
      assertThat(hub.batches()).hasSize(2);
    }
  }

  @Test
  void aMailThatTheHubDidNotTakeIsReadAgainAfterARestart() {
    AccountState state = ConnectorHarness.freshState();
    try (ConnectorHarness hub = provider.start(state)) {
      awaitCommand("IDLE");
      hub.refuseNext(1_000_000);
      send("kept");
      awaitCommand("UID FETCH");
      assertThat(hub.events()).isEmpty();
    }
    try (ConnectorHarness hub = provider.start(state)) {
      assertThat(texts(hub.awaitEvents(1))).containsExactly("kept");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"implicit", "starttls", "none"})
  void eachKindOfTlsWorks(String tls) {
    try (ConnectorHarness hub =
        ConnectorHarness.start(new EmailPlugin(), provider.settings(tls, Map.of()))) {
      awaitCommand("IDLE");
      send("over " + tls);
      assertThat(texts(hub.awaitEvents(1))).containsExactly("over " + tls);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"implicit", "starttls"})
  void aCertificateThatNobodyTrustsIsRefused(String tls) {
    Map<String, Object> settings = provider.settings(tls, Map.of());
    settings.remove("trust");
    try (LogLines log = new LogLines();
        ConnectorHarness hub = ConnectorHarness.start(new EmailPlugin(), settings)) {
      Await.until("the refusal", () -> log.contain("is not reached"));
      assertThat(hub.events()).isEmpty();
      assertThat(mail.imapCommands()).doesNotContain("LOGIN", "AUTHENTICATE");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"implicit", "none"})
  void stopEndsTheConnectionAndLeavesNoThread(String tls) {
    ConnectorHarness hub =
        ConnectorHarness.start(new EmailPlugin(), provider.settings(tls, Map.of()));
    awaitCommand("IDLE");
    assertThat(threads()).isNotEmpty();
    long begin = System.nanoTime();

    hub.close();

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
    Await.until("no connection", () -> mail.imapConnections() == 0);
    Await.until("no thread", () -> threads().isEmpty());
  }

  @Test
  void stopIsPromptWhileTheServerIsAway() {
    mail.cut();
    ConnectorHarness hub = provider.start();
    long begin = System.nanoTime();
    hub.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
    Await.until("no thread", () -> threads().isEmpty());
  }

  @Test
  void theLogHoldsNeitherSecretsNorWords() {
    Map<String, Object> wrong = Provider.server(mail.imapPort(), "none");
    wrong.put("password", "wr0ng-s3cret");
    try (LogLines log = new LogLines();
        ConnectorHarness good = provider.start();
        ConnectorHarness bad = startWith(Map.of("imap", wrong))) {
      awaitCommand("IDLE");
      send("private words");
      good.awaitEvents(1);
      Await.until("the refusal", () -> log.contain("does not accept the log-in"));
      assertThat(bad.events()).isEmpty();
      assertThat(log.all())
          .noneMatch(line -> line.contains("wr0ng-s3cret") || line.contains(Provider.PASSWORD))
          .noneMatch(line -> line.contains("private words"));
    }
  }

  private ConnectorHarness startWith(Map<String, Object> more) {
    return ConnectorHarness.start(
        new EmailPlugin(),
        provider.settings("none", more),
        Clock.systemUTC(),
        ConnectorHarness.freshState());
  }

  private SimulatedMail send(String text) {
    return mail.customerSends(ANN, SUPPORT, "Question", text);
  }

  private void awaitCommand(String command) {
    Await.until("the client's " + command, () -> mail.imapCommands().contains(command));
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("email-"))
        .toList();
  }

  private static byte[] raw(String text) {
    return ("From: " + ANN + "\r\nTo: " + SUPPORT + "\r\nSubject: Q\r\n\r\n" + text + "\r\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> numbered(String word, int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> word + i).toList();
  }

  private static List<String> texts(List<InboundEvent> events) {
    return events.stream()
        .filter(InboundEvent.MessageReceived.class::isInstance)
        .map(event -> ((InboundEvent.MessageReceived) event).parts().getFirst())
        .map(part -> ((Part.Text) part).text().strip())
        .toList();
  }
}
