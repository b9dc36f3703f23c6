package io.omnihub.channel.telegram;

import static io.omnihub.channel.telegram.TelegramSamples.ANN;
import static io.omnihub.channel.telegram.TelegramSamples.TOKEN;
import static io.omnihub.channel.telegram.TelegramSamples.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.connector.AccountState;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.InboundEvent.MessageReceived;
import io.omnihub.api.model.Part;
import io.omnihub.testkit.Await;
import io.omnihub.testkit.harness.ConnectorHarness;
import io.omnihub.testkit.harness.Samples;
import io.omnihub.testkit.simulator.Fault;
import io.omnihub.testkit.telegram.TelegramSimulator;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TelegramPollingTest {
  private static final UpdatesPoller.Backoff SHORT =
      new UpdatesPoller.Backoff(Duration.ofMillis(5), Duration.ofMillis(40));

  private final TelegramSimulator telegram = new TelegramSimulator(0, TOKEN, 3);
  private final AccountState state = ConnectorHarness.freshState();

  @AfterEach
  void stop() {
    telegram.close();
  }

  @Test
  void updatesComeInOrderAndAreConfirmed() {
    try (ConnectorHarness hub = start(state)) {
      telegram.customerWrites(ANN, "one");
      telegram.customerWrites(ANN, "two");
      assertThat(texts(hub.awaitEvents(2))).containsExactly("one", "two");
      Await.until("the updates to be confirmed", () -> telegram.pendingUpdates() == 0);
      assertThat(state.get("offset")).isPresent();
    }
  }

  @Test
  void aWebhookIsTakenAwayBeforePolling() {
    telegram.registerWebhook(URI.create("http://127.0.0.1:1/"), "");
    try (ConnectorHarness hub = start(state)) {
      telegram.customerWrites(ANN, "hi");
      hub.awaitEvents(1);
      assertThat(telegram.webhookUrl()).isEmpty();
    }
  }

  @Test
  void aRestartGoesOnWhereItStopped() {
    try (ConnectorHarness hub = start(state)) {
      telegram.customerWrites(ANN, "before");
      hub.awaitEvents(1);
      Await.until("the offset", () -> state.get("offset").isPresent());
    }
    telegram.customerWrites(ANN, "meanwhile");
    try (ConnectorHarness hub = start(state)) {
      assertThat(texts(hub.awaitEvents(1))).containsExactly("meanwhile");
    }
  }

  @Test
  void R15_aCutPollReplaysNothingAndMissesNothing() {
    telegram.apiMischief().rate(Fault.CUT_BEFORE, 0.25);
    telegram.apiMischief().rate(Fault.CUT_AFTER, 0.25);
    telegram.apiMischief().rate(Fault.SERVER_ERROR, 0.2);
    try (ConnectorHarness hub = start(state)) {
      IntStream.range(0, 20).forEach(i -> telegram.customerWrites(ANN, "message " + i));
      hub.awaitEvents(20);
      telegram.apiMischief().stop();
      Await.until("all to be confirmed", () -> telegram.pendingUpdates() == 0);
      assertThat(texts(hub.events()))
          .containsExactlyElementsOf(IntStream.range(0, 20).mapToObj(i -> "message " + i).toList());
    }
  }

  @Test
  void anOverloadedHubGetsTheSameUpdatesAgain() {
    telegram.customerWrites(ANN, "hi");
    try (ConnectorHarness hub = start(state, 3)) {
      assertThat(texts(hub.awaitEvents(1))).containsExactly("hi");
      assertThat(hub.batches()).hasSize(1);
    }
  }

  @Test
  void aStopBetweenStoringAndConfirmingIsOneMessage() {
    AtomicInteger puts = new AtomicInteger();
    AccountState failing =
        new AccountState() {
          @Override
          public Optional<String> get(String key) {
            return state.get(key);
          }

          @Override
          public void put(String key, String value) {
            if (puts.incrementAndGet() == 1) {
              throw new IllegalStateException("the power went out");
            }
            state.put(key, value);
          }
        };
    telegram.customerWrites(ANN, "hi");
    try (ConnectorHarness hub = start(failing)) {
      Await.until("the second try", () -> state.get("offset").isPresent());
      assertThat(hub.batches()).hasSize(2);
      assertThat(hub.events()).hasSize(1);
    }
  }

  @Test
  void aConflictIsWaitedOut() {
    try (ConnectorHarness hub = start(state)) {
      Await.until("polling", () -> telegram.calls().size() == 1);
      telegram.registerWebhook(URI.create("http://127.0.0.1:1/"), "");
      telegram.deliverThrough((url, headers, body) -> 500);
      telegram.customerWrites(ANN, "hi");
      telegram.registerWebhook(URI.create(""), "");
      assertThat(texts(hub.awaitEvents(1))).containsExactly("hi");
    }
  }

  @Test
  void stoppingDoesNotWaitForTheLongPoll() {
    ConnectorHarness hub = start(state);
    Await.until("polling", () -> telegram.calls().size() == 1);
    long before = System.nanoTime();
    hub.close();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("telegram-poll"));
  }

  @Test
  void pressesAreAnsweredOnceTheyAreSafe() {
    try (ConnectorHarness hub = start(state)) {
      telegram.customerWrites(ANN, "hi");
      hub.awaitEvents(1);
      hub.send(
          Samples.outbound(
              TelegramSamples.ANN_ID,
              new Part.Choices(
                  "Sure?", Part.Style.BUTTONS, List.of(Part.Option.of("yes", "Yes")))));
      String press = telegram.customerPresses(ANN, 2, 0);
      MessageReceived event = (MessageReceived) hub.awaitEvents(2).get(1);
      assertThat(event.parts()).containsExactly(new Part.Choice("yes", "Yes"));
      assertThat(event.replyTo()).isEqualTo("42:2");
      Await.until("the answer", () -> telegram.answeredPresses().contains(press));
    }
  }

  @Test
  void R09_everyUpdateOfAPollIsTaken() {
    IntStream.range(0, 250).forEach(i -> telegram.customerWrites(ANN, "message " + i));
    try (ConnectorHarness hub = start(state)) {
      assertThat(hub.awaitEvents(250)).hasSize(250);
      assertThat(hub.batches()).hasSize(3);
    }
  }

  @Test
  void groupMessagesAreTakenWhenTheyNameTheBot() {
    try (ConnectorHarness hub = start(state)) {
      String group = "\"chat\":{\"id\":-100,\"type\":\"supergroup\",\"title\":\"G\"}";
      telegram.customerSends(ANN, "{\"text\":\"chatter\"," + group + "}");
      String mention = "@" + telegram.botName();
      telegram.customerSends(
          ANN,
          "{\"text\":\"%s help\",%s,\"entities\":[{\"type\":\"mention\",\"offset\":0,\"length\":%d}]}"
              .formatted(mention, group, mention.length()));
      MessageReceived event = (MessageReceived) hub.awaitEvents(1).getFirst();
      assertThat(event.address()).isEqualTo("-100");
      assertThat(event.sender()).isEqualTo(TelegramSamples.ANN_ID);
      assertThat(event.attributes()).containsEntry("chatTitle", "G");
    }
  }

  private ConnectorHarness start(AccountState accountState) {
    return start(accountState, 0);
  }

  private ConnectorHarness start(AccountState accountState, int refusals) {
    ConnectorHarness hub =
        ConnectorHarness.start(
            new TelegramPlugin(SHORT),
            settings(telegram.url().toString(), "mode", "polling"),
            Clock.systemUTC(),
            accountState);
    hub.refuseNext(refusals);
    return hub;
  }

  private static List<String> texts(List<InboundEvent> events) {
    return events.stream()
        .map(event -> ((Part.Text) ((MessageReceived) event).parts().getFirst()).text())
        .toList();
  }
}
