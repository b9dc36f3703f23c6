package io.omnihub.core.journal;

import static io.omnihub.core.journal.JournalRoom.batch;
import static io.omnihub.core.journal.JournalRoom.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.route.InboundBatch;
import io.omnihub.api.route.InboundReceipt;
import io.omnihub.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("store")
class JournalKeysTest {
  @TempDir Path dir;

  @Test
  void R06_theKeyIsUniqueInTheDatabase() throws InterruptedException {
    try (JournalRoom room = new JournalRoom(dir)) {
      AtomicInteger accepted = new AtomicInteger();
      AtomicInteger duplicates = new AtomicInteger();
      List<Thread> deliveries =
          IntStream.range(0, 50)
              .mapToObj(
                  i ->
                      Thread.startVirtualThread(
                          () -> {
                            InboundReceipt receipt =
                                room.journal.accept("a", batch(message("ann", "1")));
                            accepted.addAndGet(receipt.accepted());
                            duplicates.addAndGet(receipt.duplicates());
                          }))
              .toList();
      for (Thread delivery : deliveries) {
        delivery.join();
      }
      room.awaitIdle();
      assertThat(accepted).hasValue(1);
      assertThat(duplicates).hasValue(49);
      assertThat(room.applied("ann")).containsExactly("message/1");
    }
  }

  @Test
  void R02_aKeyIsKnownAfterARestartSixHoursLater() {
    ManualClock clock = new ManualClock(JournalRoom.NOON);
    InboundBatch batch = batch(message("ann", "1"), message("ann", "2"));
    try (JournalRoom room = new JournalRoom(dir, clock, fact -> fact)) {
      assertThat(room.journal.accept("a", batch)).isEqualTo(new InboundReceipt(2, 0));
      room.awaitIdle();
    }
    clock.advance(Duration.ofHours(6));
    try (JournalRoom again = new JournalRoom(dir, clock, fact -> fact)) {
      again.journal.start();
      assertThat(again.journal.accept("a", batch)).isEqualTo(new InboundReceipt(0, 2));
      again.awaitIdle();
      assertThat(again.applied("ann")).containsExactly("message/1", "message/2");
    }
  }

  @Test
  void R03_theSameKeyOnTwoAccountsIsTwoFacts() {
    try (JournalRoom room = new JournalRoom(dir)) {
      assertThat(room.journal.accept("a", batch(message("ann", "1"))))
          .isEqualTo(new InboundReceipt(1, 0));
      assertThat(room.journal.accept("b", batch(message("ann", "1"))))
          .isEqualTo(new InboundReceipt(1, 0));
      room.awaitIdle();
      assertThat(room.applied("ann")).containsExactly("message/1", "message/1");
    }
  }

  @Test
  void R09_everyElementOfABatchIsHandled() {
    InboundEvent[] events =
        IntStream.range(0, 12)
            .mapToObj(i -> message("sender-" + i % 3, "m" + i))
            .toArray(InboundEvent[]::new);
    try (JournalRoom room = new JournalRoom(dir)) {
      assertThat(room.journal.accept("a", batch(events))).isEqualTo(new InboundReceipt(12, 0));
      room.awaitIdle();
      for (int sender = 0; sender < 3; sender++) {
        assertThat(room.applied("sender-" + sender)).hasSize(4);
      }
    }
  }

  @Test
  void aBatchMayHoldOldAndNewAndTheSameTwice() {
    try (JournalRoom room = new JournalRoom(dir)) {
      room.journal.accept("a", batch(message("ann", "1")));
      InboundReceipt receipt =
          room.journal.accept(
              "a",
              batch(
                  message("ann", "1"),
                  message("ann", "2"),
                  message("ann", "2"),
                  message("ann", "3")));
      assertThat(receipt).isEqualTo(new InboundReceipt(2, 2));
      assertThat(room.journal.accept("a", InboundBatch.of(List.of())))
          .isEqualTo(new InboundReceipt(0, 0));
      room.awaitIdle();
      assertThat(room.applied("ann")).containsExactly("message/1", "message/2", "message/3");
    }
  }

  @Test
  void theRawPayloadIsKeptOnceAndOnlyForWhatIsNew() {
    byte[] raw = "{\"raw\":true}".getBytes(StandardCharsets.UTF_8);
    InboundBatch batch = InboundBatch.json(List.of(message("ann", "1"), message("ann", "2")), raw);
    try (JournalRoom room = new JournalRoom(dir)) {
      room.journal.accept("a", batch);
      room.journal.accept("a", batch);
      assertThat(room.count("raw_payload")).isEqualTo(1);
      room.journal.accept("a", batch(message("ann", "3")));
      List<Long> raws =
          room.store.read(
              tx ->
                  tx.list(
                      row -> row.number("raw_seq"),
                      "SELECT coalesce(raw_seq, seq) AS raw_seq FROM journal ORDER BY seq"));
      assertThat(raws).containsExactly(1L, 1L, 0L);
    }
  }

  @Test
  void aRecordedFactIsKeptOnceWithWhatFollows() {
    try (JournalRoom room = new JournalRoom(dir)) {
      for (int i = 0; i < 2; i++) {
        String answer =
            room.journal.record("a", "outcome", "outcome/1", Map.of("sent", true), tx -> "done");
        assertThat(answer).isEqualTo("done");
      }
      assertThat(room.count("journal")).isEqualTo(1);
      room.journal.start();
      assertThat(room.journal.pending()).as("it is applied already").isZero();
    }
  }

  @Test
  void aRecordedFactWhoseEffectFailsIsNotKept() {
    try (JournalRoom room = new JournalRoom(dir)) {
      assertThatThrownBy(
              () ->
                  room.journal.record(
                      "a",
                      "outcome",
                      "outcome/1",
                      Map.of(),
                      tx -> {
                        throw new IllegalStateException("of the test");
                      }))
          .hasMessage("of the test");
      assertThat(room.count("journal")).isZero();
    }
  }
}
