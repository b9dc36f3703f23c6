package io.omnihub.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.model.Capabilities;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Failure.Code;
import io.omnihub.api.model.SendOutcome;
import io.omnihub.testkit.Await;
import io.omnihub.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machine's clock is put forward or back while messages flow. */
@Tag("store")
final class ClockJumpTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  @TempDir Path folder;

  private final ManualClock clock = new ManualClock(NOON);

  private TestHub start() {
    return TestHub.start(folder, "settle: 0ms", Capabilities.builder().build(), clock);
  }

  @Test
  void R07_aClockThatIsPutBackKeepsTheOrderAndAnswersWhatComes() {
    try (TestHub hub = start()) {
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        clock.set(i % 2 == 0 ? NOON : NOON.minus(Duration.ofHours(i)));
        hub.writes("ann", Integer.toString(i), "m" + i);
        expected.add("contact: m" + i);
        expected.add("bot: echo: m" + i);
        hub.gets("ann", i + 1);
      }
      String conversation = hub.conversationOf("ann").get("id").asText();
      Await.until(
          "all to be sent",
          () -> statuses(hub, conversation).stream().allMatch(s -> !s.equals("queued")));
      assertThat(hub.said(conversation)).isEqualTo(expected);
      assertThat(hub.got("ann")).hasSize(10).doesNotHaveDuplicates();
    }
  }

  @Test
  void R02_aRedeliveryIsRecognisedOnBothSidesOfAJump() {
    try (TestHub hub = start()) {
      hub.writes("ann", "1", "hello");
      hub.gets("ann", 1);
      for (Duration jump : List.of(Duration.ofDays(-2), Duration.ofDays(4), Duration.ofDays(30))) {
        clock.advance(jump);
        hub.writes("ann", "1", "hello");
      }
      hub.writes("ann", "2", "bye");
      assertThat(hub.gets("ann", 2)).containsExactly("echo: hello", "echo: bye");
      assertThat(hub.said(hub.conversationOf("ann").get("id").asText())).hasSize(4);
    }
  }

  @Test
  void R07_whatWaitsAtAJumpForwardGoesBeforeWhatComesLater() {
    AtomicInteger calls = new AtomicInteger();
    try (TestHub hub = start()) {
      hub.chat.answerWith(
          message ->
              calls.incrementAndGet() == 1
                  ? new SendOutcome.Throttled(NOON.plus(Duration.ofHours(1)))
                  : SendOutcome.Accepted.as("p" + calls.get()));
      hub.writes("ann", "1", "first");
      hub.gets("ann", 1);
      clock.advance(Duration.ofHours(2));
      hub.writes("ann", "2", "second");
      assertThat(hub.gets("ann", 3)).containsExactly("echo: first", "echo: first", "echo: second");
    }
  }

  @Test
  void R13_whatAJumpMakesTooOldIsListedAndCanBeSentAgain() {
    AtomicInteger calls = new AtomicInteger();
    try (TestHub hub = start()) {
      hub.chat.answerWith(
          message -> {
            if (calls.incrementAndGet() > 1) {
              return SendOutcome.Accepted.as("p" + calls.get());
            }
            clock.advance(Duration.ofDays(2));
            return new SendOutcome.NotSent(Failure.of(Code.TRANSIENT, "nobody there"));
          });
      hub.writes("ann", "1", "hello");
      JsonNode letter =
          Await.value("a dead letter", () -> hub.get("/dead-letters").json().get("items").get(0));
      String conversation = hub.conversationOf("ann").get("id").asText();
      assertThat(statuses(hub, conversation)).containsExactly("received", "failed");
      assertThat(hub.post("/dead-letters/" + letter.get("id").asText() + "/retry", "").status())
          .isEqualTo(204);
      Await.until("sent", () -> statuses(hub, conversation).contains("sent"));
      assertThat(calls).hasValue(2);
    }
  }

  @Test
  void R16_aRestartUnderAnEarlierClockGoesOnWhereItWas() {
    try (TestHub hub = start()) {
      hub.writes("ann", "1", "before");
      hub.gets("ann", 1);
    }
    clock.set(NOON.minus(Duration.ofDays(1)));
    try (TestHub hub = start()) {
      hub.writes("ann", "1", "before");
      hub.writes("ann", "2", "after");
      hub.gets("ann", 1);
      assertThat(hub.said(hub.conversationOf("ann").get("id").asText()))
          .containsExactly(
              "contact: before", "bot: echo: before", "contact: after", "bot: echo: after");
    }
  }

  private static List<String> statuses(TestHub hub, String conversation) {
    return hub.messages(conversation).findValuesAsText("status");
  }
}
