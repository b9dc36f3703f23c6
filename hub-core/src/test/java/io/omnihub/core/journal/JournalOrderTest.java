package io.omnihub.core.journal;

import static io.omnihub.core.journal.JournalRoom.batch;
import static io.omnihub.core.journal.JournalRoom.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.route.InboundBatch;
import io.omnihub.api.route.OverloadedException;
import io.omnihub.core.store.StoreUnavailableException;
import io.omnihub.testkit.Await;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("store")
class JournalOrderTest {
  @TempDir Path dir;

  @Test
  void R07_orderOfOneSenderIsKept() {
    CountDownLatch gate = new CountDownLatch(1);
    Random random = new Random(7);
    try (JournalRoom room = new JournalRoom(dir, fact -> slowly(fact, random, gate))) {
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        expected.add("message/ann-" + i);
        room.journal.accept(
            "a",
            batch(
                message("held", "held-" + i),
                message("ann", "ann-" + i),
                message("bob", "bob-" + i)));
      }
      Await.until("the others, who are not held up", () -> room.applied("bob").size() == 100);
      Await.until("the others, who are not held up", () -> room.applied("ann").size() == 100);
      assertThat(room.applied("ann")).isEqualTo(expected);
      assertThat(room.applied("held")).isEmpty();
      assertThat(room.journal.pending()).isEqualTo(100);

      gate.countDown();
      room.awaitIdle();
      assertThat(room.applied("held"))
          .isEqualTo(IntStream.range(0, 100).mapToObj(i -> "message/held-" + i).toList());
    }
  }

  private static Fact slowly(Fact fact, Random random, CountDownLatch gate) {
    if (fact.event().sender().value().equals("held")) {
      await(gate);
    }
    LockSupport.parkNanos(random.nextInt(1_000_000));
    return fact;
  }

  @Test
  void R01_whatAnEarlierRunLeftIsTakenUp() {
    CountDownLatch gate = new CountDownLatch(1);
    InboundEvent[] events =
        IntStream.range(0, 20).mapToObj(i -> message("ann", "" + i)).toArray(InboundEvent[]::new);
    JournalRoom crashed =
        new JournalRoom(
            dir,
            fact -> {
              await(gate);
              throw new StoreUnavailableException("the process ends here", null);
            });
    crashed.journal.accept("a", batch(events));
    crashed.journal.accept("a", batch(message("bob", "b")));
    crashed.journal.stop();
    gate.countDown();
    crashed.close();

    try (JournalRoom room = new JournalRoom(dir)) {
      assertThat(room.applied("ann")).isEmpty();
      room.journal.start();
      room.awaitIdle();
      assertThat(room.applied("ann"))
          .isEqualTo(IntStream.range(0, 20).mapToObj(i -> "message/" + i).toList());
      assertThat(room.applied("bob")).containsExactly("message/b");
    }
    try (JournalRoom third = new JournalRoom(dir)) {
      third.journal.start();
      third.awaitIdle();
      assertThat(third.applied("ann")).hasSize(20);
    }
  }

  @Test
  void R58_whatAlwaysFailsIsSetAsideAndTheRestGoesOn() {
    AtomicInteger attempts = new AtomicInteger();
    try (JournalRoom room =
        new JournalRoom(
            dir,
            fact -> {
              if (fact.event().key().equals("message/bad") && attempts.incrementAndGet() <= 3) {
                throw new IllegalStateException("of the test");
              }
              return fact;
            })) {
      byte[] raw = "raw payload".getBytes(StandardCharsets.UTF_8);
      room.journal.accept("a", new InboundBatch(List.of(message("ann", "bad")), "text/plain", raw));
      room.journal.accept("a", batch(message("ann", "good")));
      room.awaitIdle();
      assertThat(attempts).hasValue(3);
      assertThat(room.applied("ann")).containsExactly("message/good");

      DeadLetters.DeadLetter letter = room.letters.list("", 10).getFirst();
      assertThat(room.letters.count()).isEqualTo(1);
      assertThat(letter.kind()).isEqualTo(DeadLetters.Kind.FACT);
      assertThat(letter.account()).isEqualTo("a");
      assertThat(letter.reason()).contains("IllegalStateException").doesNotContain("of the test");
      assertThat(room.letters.raw(letter).orElseThrow().content()).isEqualTo(raw);

      room.journal.dispatch(room.journal.find(letter.factSeq()).orElseThrow());
      room.awaitIdle();
      assertThat(room.applied("ann")).containsExactly("message/good", "message/bad");
    }
  }

  @Test
  void aStoreThatIsAwayIsWaitedFor() {
    AtomicInteger attempts = new AtomicInteger();
    try (JournalRoom room =
        new JournalRoom(
            dir,
            fact -> {
              if (attempts.incrementAndGet() <= 2) {
                throw new StoreUnavailableException("of the test", null);
              }
              return fact;
            })) {
      room.journal.accept("a", batch(message("ann", "1")));
      Await.until("the fact", () -> room.applied("ann").size() == 1);
      assertThat(attempts).hasValue(3);
      assertThat(room.letters.count()).isZero();
    }
  }

  @Test
  void moreThanTheHubCanTakeIsRefused() {
    CountDownLatch gate = new CountDownLatch(1);
    try (JournalRoom room =
        new JournalRoom(
            dir,
            fact -> {
              await(gate);
              throw new StoreUnavailableException("the test is over", null);
            })) {
      InboundEvent[] many =
          IntStream.range(0, 20_001)
              .mapToObj(i -> message("ann", "" + i))
              .toArray(InboundEvent[]::new);
      room.journal.accept("a", batch(many));
      assertThatThrownBy(() -> room.journal.accept("a", batch(message("bob", "1"))))
          .isInstanceOfSatisfying(
              OverloadedException.class, e -> assertThat(e.retryAfter()).isPositive());
      assertThat(room.count("journal")).isEqualTo(20_001);
      room.journal.stop();
      gate.countDown();
    }
  }

  @Test
  void aStoppedJournalTakesNothing() {
    try (JournalRoom room = new JournalRoom(dir)) {
      room.journal.stop();
      assertThatThrownBy(() -> room.journal.accept("a", batch(message("ann", "1"))))
          .isInstanceOf(OverloadedException.class);
      assertThat(room.count("journal")).isZero();
    }
  }

  @Test
  void aStoreThatIsGoneIsAnOverload() {
    JournalRoom room = new JournalRoom(dir);
    room.close();
    Journal late = new Journal("w", room.store, room.lanes, room.clock, room.letters, null);
    assertThatThrownBy(() -> late.accept("a", batch(message("ann", "1"))))
        .isInstanceOf(OverloadedException.class);
  }

  private static void await(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
