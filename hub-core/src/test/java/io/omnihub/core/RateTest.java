package io.omnihub.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.model.Capabilities;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Failure.Code;
import io.omnihub.api.model.SendOutcome;
import io.omnihub.api.model.TurnResult;
import io.omnihub.testkit.Await;
import io.omnihub.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much leaves the hub, in which order, and what happens while the other side fails. */
@Tag("store")
final class RateTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  @TempDir Path folder;

  private TestHub start(String chat, String bot, Clock clock) {
    TestHub.Settings settings = new TestHub.Settings(chat, "settle: 0ms" + bot, true);
    return TestHub.start(folder, settings, Capabilities.builder().build(), clock);
  }

  private static void post(TestHub hub, String who, String more) {
    String body =
        "{\"to\":{\"identity\":\"chat:%s\"},\"account\":\"chat\",\"parts\":[{\"type\":\"text\",\"text\":\"hi\"}]%s}"
            .formatted(who, more);
    assertThat(hub.post("/messages", body).status()).isEqualTo(201);
  }

  private static List<String> order(TestHub hub) {
    return hub.chat.sent().stream().map(message -> message.identity().value()).toList();
  }

  private static JsonNode account(TestHub hub, String id) {
    for (JsonNode account : hub.get("/accounts").json().get("items")) {
      if (account.get("id").asText().equals(id)) {
        return account;
      }
    }
    throw new AssertionError("no account " + id);
  }

  private static String breaker(TestHub hub, String id) {
    return account(hub, id).get("breaker").asText();
  }

  @Test
  void R41_anAnswerPassesABulkThatIsBeingSent() {
    String rate = ", rate: { per-second: 10, burst: 1 }";
    try (TestHub hub = start(rate, "", Clock.systemUTC())) {
      for (int i = 0; i < 30; i++) {
        post(hub, "bulk-" + i, ",\"bulk\":true");
      }
      hub.writes("ann", "1", "hello");
      hub.gets("ann", 1);
      assertThat(order(hub)).as("what was sent before").hasSizeLessThan(25);
      Await.until("all to be sent", () -> order(hub).size() == 31);
      assertThat(order(hub)).doesNotHaveDuplicates();
    }
  }

  @Test
  void R41_aHubThatClosesDoesNotWaitForWhatItMayNotSendYet() {
    long began = System.nanoTime();
    try (TestHub hub = start(", rate: { per-second: 0.1, burst: 1 }", "", Clock.systemUTC())) {
      for (int i = 0; i < 3; i++) {
        post(hub, "bulk-" + i, ",\"bulk\":true");
      }
      Await.until("the first", () -> order(hub).size() == 1);
      began = System.nanoTime();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
    try (TestHub hub = start("", "", Clock.systemUTC())) {
      Await.until("the others", () -> order(hub).size() == 2);
      assertThat(order(hub)).containsExactlyInAnyOrder("bulk-1", "bulk-2");
    }
  }

  @Test
  void R41_bulkIsTrueOrFalse() {
    try (TestHub hub = TestHub.start(folder)) {
      String body =
          "{\"to\":{\"identity\":\"chat:ann\"},\"account\":\"chat\",\"parts\":[{\"type\":\"text\",\"text\":\"hi\"}],\"bulk\":\"often\"}";
      assertThat(hub.post("/messages", body).status()).isEqualTo(400);
    }
  }

  @Test
  void R13_anAccountThatFailsIsLeftAloneAndThenTriedByOne() {
    ManualClock clock = new ManualClock(NOON);
    try (TestHub hub = start("", "", clock)) {
      assertThat(breaker(hub, "chat")).isEqualTo("closed");
      hub.chat.answerWith(m -> new SendOutcome.NotSent(Failure.of(Code.TRANSIENT, "refused")));
      for (int i = 0; i < 5; i++) {
        post(hub, "r" + i, "");
      }
      Await.until("an open breaker", () -> breaker(hub, "chat").equals("open"));
      assertThat(account(hub, "chat").get("nextAttemptAt").asText())
          .isEqualTo("2026-05-01T12:00:05.000Z");
      assertThat(breaker(hub, "chat2")).isEqualTo("closed");
      assertThat(hub.call("GET", "//metrics", "", "").body())
          .contains("omnihub_breaker_open{kind=\"send\",target=\"chat\"} 1")
          .contains("omnihub_breaker_open{kind=\"turn\",target=\"bot\"} 0");
      int before = hub.chat.sent().size();
      post(hub, "late", "");
      clock.advance(Duration.ofSeconds(4));
      assertThat(hub.chat.sent()).hasSize(before);

      hub.chat.answerWith(m -> SendOutcome.Accepted.as(m.key()));
      clock.advance(Duration.ofSeconds(1));
      post(hub, "later", "");
      Await.until("a closed breaker", () -> breaker(hub, "chat").equals("closed"));
      hub.gets("late", 1);
      hub.gets("later", 1);
      assertThat(account(hub, "chat").get("nextAttemptAt").isNull()).isTrue();
    }
  }

  @Test
  void R51_turnsOfABackendThatIsLeftAloneAreHandedOnInTime() {
    try (TestHub hub = start("", ", patience: 1s", Clock.systemUTC())) {
      hub.bot.thinks(turn -> new TurnResult.Failed(Failure.of(Code.TRANSIENT, "HTTP 500")));
      for (int i = 0; i < 6; i++) {
        hub.writes("c" + i, "1", "hello");
      }
      Await.until("an open breaker", () -> breaker(hub, "bot").equals("open"));
      hub.writes("late", "1", "anybody?");
      for (String who : List.of("c0", "c5", "late")) {
        JsonNode conversation =
            hub.awaitConversation(who, "the desk", c -> c.get("queue").asText().equals("sales"));
        assertThat(conversation.get("attributes").get("handoff").get("reason").asText())
            .isEqualTo("backend-failed");
      }
      assertThat(hub.bot.turns()).noneMatch(turn -> turn.contact().name().equals("late"));
    }
  }
}
