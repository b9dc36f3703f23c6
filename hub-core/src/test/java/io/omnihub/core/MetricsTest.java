package io.omnihub.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.model.SendOutcome;
import io.omnihub.testkit.Await;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a scrape shows. */
@Tag("store")
final class MetricsTest {
  @TempDir Path folder;

  @Test
  void everyStageHasItsHistogramByAccount() {
    try (TestHub hub = TestHub.start(folder)) {
      hub.writes("ann", "1", "hello");
      hub.gets("ann", 1);
      Await.until("the whole way", () -> count(hub, "account=\"chat\",stage=\"whole\"") == 1);
      String scraped = scrape(hub);
      for (String stage : List.of("accept", "decide", "whole")) {
        for (String bucket : List.of("0.001", "0.025", "30.0", "+Inf")) {
          assertThat(scraped)
              .contains(
                  "omnihub_stage_seconds_bucket{account=\"chat\",stage=\"%s\",le=\"%s\"}"
                      .formatted(stage, bucket));
        }
      }
      assertThat(scraped)
          .contains(
              "omnihub_turns_seconds_bucket{backend=\"bot\",outcome=\"answered\",le=\"0.001\"}",
              "omnihub_sends_seconds_bucket{account=\"chat\",outcome=\"accepted\",le=\"30.0\"}");
    }
  }

  @Test
  void noLabelNamesAPersonAConversationOrAMessage() {
    try (TestHub hub = TestHub.start(folder)) {
      hub.writes("ann-of-the-canary", "1", "words of the canary");
      hub.gets("ann-of-the-canary", 1);
      String conversation = hub.conversationOf("ann-of-the-canary").get("id").asText();
      assertThat(scrape(hub))
          .doesNotContain("canary", conversation)
          .doesNotContain(hub.messages(conversation).get(0).get("id").asText());
    }
  }

  @Test
  void aBlockedLaneShowsItsDepthAndLag() {
    CountDownLatch goesOn = new CountDownLatch(1);
    try (TestHub hub = TestHub.start(folder)) {
      hub.chat.answerWith(
          message -> {
            if (TestHub.words(message.parts()).contains("wait")) {
              awaitUninterruptibly(goesOn);
            }
            return SendOutcome.Accepted.as(message.id());
          });
      hub.writes("ann", "1", "wait");
      hub.gets("ann", 1);
      hub.writes("ann", "2", "behind it");
      Await.until(
          "lag of sends", () -> value(hub, "omnihub_outbox_lag_seconds{kind=\"send\"}") > 0);
      assertThat(value(hub, "omnihub_lanes{kind=\"send\",state=\"busy\"}")).isEqualTo(1);
      assertThat(value(hub, "omnihub_outbox_lag_seconds{kind=\"notify\"}")).isZero();
      goesOn.countDown();
      hub.gets("ann", 2);
      Await.until(
          "no lag of sends", () -> value(hub, "omnihub_outbox_lag_seconds{kind=\"send\"}") == 0);
      assertThat(value(hub, "omnihub_journal_lag_seconds")).isZero();
      assertThat(value(hub, "omnihub_journal_pending")).isZero();
    } finally {
      goesOn.countDown();
    }
  }

  @Test
  void aLaneThatWaitsForItsTimeIsNotBusy() {
    try (TestHub hub = TestHub.start(folder)) {
      hub.chat.answerWith(m -> new SendOutcome.Throttled(Instant.now().plusSeconds(600)));
      hub.writes("ann", "1", "hello");
      hub.gets("ann", 1);
      Await.until(
          "the lane to wait",
          () -> value(hub, "omnihub_lanes{kind=\"send\",state=\"waiting\"}") == 1);
      assertThat(value(hub, "omnihub_lanes{kind=\"send\",state=\"busy\"}")).isZero();
      assertThat(value(hub, "omnihub_outbox_lag_seconds{kind=\"send\"}"))
          .as("what is not due yet is not late")
          .isZero();
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String scrape(TestHub hub) {
    return hub.call("GET", "///metrics", "", "").body();
  }

  private static double count(TestHub hub, String labels) {
    return value(hub, "omnihub_stage_seconds_count{" + labels + "}");
  }

  /** The value of a line; -1 while there is none. */
  private static double value(TestHub hub, String series) {
    return scrape(hub)
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElse(-1);
  }
}
