package io.omnihub.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.core.outbox.OutboxEntry.Kind;
import io.omnihub.core.store.Store;
import io.omnihub.core.store.TestStores;
import io.omnihub.core.store.Transaction;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may begin when, in virtual time. */
@Tag("store")
final class DispatcherLimitsTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path dir;

  private final VirtualTime time = new VirtualTime(NOON);
  private final List<Run> runs = new ArrayList<>();
  private final List<String> givenUp = new ArrayList<>();
  private Limits limits = Limits.of(Kind.SEND).withPatience(PATIENCE);
  private Verdict target = Verdict.WELL;
  private Store store;
  private Dispatcher dispatcher;
  private Outbox outbox;

  private record Run(String subject, Instant at) {
    Duration after(Instant start) {
      return Duration.between(start, at);
    }
  }

  @BeforeEach
  void open() {
    store = TestStores.open(dir);
    makeDispatcher();
  }

  private void makeDispatcher() {
    dispatcher =
        new Dispatcher(store, time.clock, time.timer(), time.executor(), (kind, name) -> limits);
    outbox = new Outbox("w", time.clock, dispatcher);
  }

  @AfterEach
  void close() {
    dispatcher.stop();
    time.close();
    store.close();
  }

  /** Of a target that works or fails; what fails is tried again after a second. */
  private final class Target implements EntryRunner {
    @Override
    public Verdict run(OutboxEntry entry, boolean claimed) {
      runs.add(new Run(entry.subject(), time.clock.instant()));
      if (target == Verdict.WELL) {
        write(tx -> outbox.remove(tx, entry));
      } else {
        write(tx -> outbox.again(tx, entry, time.clock.instant().plusSeconds(1), "away"));
      }
      return target;
    }

    @Override
    public void giveUp(OutboxEntry entry) {
      givenUp.add(entry.subject());
      write(tx -> outbox.remove(tx, entry));
    }
  }

  private interface Step {
    void run(Transaction tx) throws SQLException;
  }

  private void write(Step step) {
    store.write(
        tx -> {
          step.run(tx);
          return null;
        });
  }

  private void live(String address, String message) {
    write(tx -> outbox.addSend(tx, "a", address, message, 1));
  }

  private void bulk(String address, String message) {
    write(tx -> outbox.addBulkSend(tx, "a", address, message, 1));
  }

  private void start() {
    Target runner = new Target();
    dispatcher.start(outbox, Map.of(Kind.SEND, runner, Kind.TURN, runner));
  }

  private void rate(Duration interval, int burst) {
    limits = limits.withRate(interval, burst, Duration.ZERO);
  }

  private List<String> ran() {
    return runs.stream().map(Run::subject).toList();
  }

  private List<Long> seconds() {
    return runs.stream().map(run -> run.after(NOON).toSeconds()).toList();
  }

  private BreakerState.Phase breaker() {
    return dispatcher.breaker(Kind.SEND, "a").phase();
  }

  @Test
  void R41_liveMessagesPassTheBulk() {
    rate(Duration.ofMillis(50), 20);
    start();
    for (int i = 0; i < 10_000; i += 500) {
      int first = i;
      write(
          tx -> {
            for (int n = first; n < first + 500; n++) {
              outbox.addBulkSend(tx, "a", "bulk-" + n, "bulk-" + n, 1);
            }
          });
    }
    List<Duration> waits = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      time.passUntil(NOON.plusMillis(40_007L * i));
      String message = "live-" + i;
      Instant asked = time.clock.instant();
      live("customer-" + i, message);
      time.pass(Duration.ofSeconds(5));
      Run run = runs.stream().filter(r -> r.subject().equals(message)).findFirst().orElseThrow();
      waits.add(run.after(asked));
    }
    assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofSeconds(1)) < 0);
    time.passUntil(NOON.plusSeconds(499));
    assertThat(runs).hasSizeBetween(9_990, 10_009);
    time.passUntil(NOON.plusSeconds(500));
    assertThat(ran()).hasSize(10_010).doesNotHaveDuplicates();
    assertThat(store.read(outbox::all)).isEmpty();
    assertThat(time.mostTimers()).as("timers for all who wait").isLessThan(5);
  }

  @Test
  void R41_theLinesAreLiveAndThenBulkEachInOrder() {
    rate(Duration.ofSeconds(1), 1);
    start();
    bulk("x", "first");
    bulk("a", "bulk-1");
    live("b", "live-1");
    bulk("c", "bulk-2");
    live("d", "live-2");
    time.pass(Duration.ofSeconds(10));
    assertThat(ran()).containsExactly("first", "live-1", "live-2", "bulk-1", "bulk-2");
    assertThat(seconds()).containsExactly(0L, 1L, 2L, 3L, 4L);
  }

  @Test
  void R41_theLinesAreTheSameAfterARestart() {
    bulk("a", "bulk-1");
    bulk("b", "bulk-2");
    live("b", "live-2");
    live("c", "live-1");
    rate(Duration.ofSeconds(1), 1);
    start();
    time.pass(Duration.ofSeconds(10));
    assertThat(ran()).containsExactly("bulk-1", "bulk-2", "live-1", "live-2");
  }

  @Test
  void R07_aLiveMessageTakesTheBulkBeforeItAlong() {
    rate(Duration.ofSeconds(1), 1);
    start();
    bulk("x", "first");
    bulk("a", "bulk-1");
    bulk("b", "bulk-2");
    live("b", "live-2");
    time.pass(Duration.ofSeconds(10));
    assertThat(ran()).containsExactly("first", "bulk-2", "live-2", "bulk-1");
  }

  @Test
  void R41_aRecipientRestsBetweenMessagesWhichStayInOrder() {
    limits = limits.withRate(Duration.ZERO, 1, Duration.ofSeconds(1));
    start();
    for (int i = 0; i < 50; i++) {
      live("ann", "ann-" + i);
    }
    live("bob", "bob");
    time.pass(Duration.ofSeconds(60));
    assertThat(runs)
        .filteredOn(run -> run.subject().equals("bob"))
        .allMatch(r -> r.at().equals(NOON));
    List<Run> ann = runs.stream().filter(run -> run.subject().startsWith("ann")).toList();
    assertThat(ann)
        .isEqualTo(
            IntStream.range(0, 50)
                .mapToObj(i -> new Run("ann-" + i, NOON.plusSeconds(i)))
                .toList());
    assertThat(time.mostTimers()).as("timers of one lane").isLessThan(5);
  }

  @Test
  void R41_aRecipientRestsAlsoWhenNothingIsLeftInBetween() {
    limits = limits.withRate(Duration.ZERO, 1, Duration.ofSeconds(2));
    start();
    live("ann", "1");
    time.pass(Duration.ofMillis(500));
    live("ann", "2");
    time.pass(Duration.ofSeconds(10));
    live("ann", "3");
    time.settle();
    assertThat(seconds()).containsExactly(0L, 2L, 10L);
  }

  @Test
  void R41_whatIsRolledBackTakesNoToken() {
    limits = limits.withRate(Duration.ofHours(1), 1, Duration.ofHours(1));
    start();
    store
        .offer(
            tx -> {
              outbox.addSend(tx, "a", "ann", "never", 1);
              throw new IllegalStateException("of the test");
            })
        .orElseThrow()
        .exceptionally(failure -> null)
        .join();
    live("ann", "1");
    time.settle();
    assertThat(ran()).containsExactly("1");
  }

  @Test
  void R13_aTargetThatFailsIsTriedByOneAtATimeUntilItWorks() {
    start();
    target = Verdict.FAILED;
    for (int i = 0; i < 5; i++) {
      live("r" + i, "m" + i);
    }
    time.settle();
    assertThat(breaker()).isEqualTo(BreakerState.Phase.OPEN);
    assertThat(dispatcher.breaker(Kind.SEND, "a").nextAttemptAt()).isEqualTo(NOON.plusSeconds(5));
    live("late", "late");
    time.pass(Duration.ofSeconds(16));
    assertThat(seconds()).containsExactly(0L, 0L, 0L, 0L, 0L, 5L, 15L);
    assertThat(dispatcher.busy(Kind.SEND)).as("those who wait for the target").isZero();
    target = Verdict.WELL;
    time.pass(Duration.ofSeconds(20));
    assertThat(ran()).hasSize(13);
    assertThat(breaker()).isEqualTo(BreakerState.Phase.CLOSED);
    assertThat(store.read(outbox::all)).isEmpty();
    assertThat(givenUp).isEmpty();
  }

  @Test
  void R13_otherTargetsDoNotCare() {
    start();
    target = Verdict.FAILED;
    for (int i = 0; i < 5; i++) {
      live("r" + i, "m" + i);
    }
    time.settle();
    target = Verdict.WELL;
    write(tx -> outbox.addSend(tx, "other", "ann", "free", 1));
    time.settle();
    assertThat(ran()).endsWith("free");
  }

  @Test
  void R51_whatHasWaitedForItsPatienceIsGivenUp() {
    limits = limits.withPatience(Duration.ofSeconds(30));
    start();
    target = Verdict.FAILED;
    for (int i = 0; i < 5; i++) {
      live("r" + i, "m" + i);
    }
    time.pass(Duration.ofSeconds(10));
    live("late", "late");
    time.passUntil(NOON.plusSeconds(29));
    assertThat(givenUp).isEmpty();
    time.passUntil(NOON.plusSeconds(31));
    assertThat(givenUp).containsExactlyInAnyOrder("m0", "m1", "m2", "m3", "m4");
    time.passUntil(NOON.plusSeconds(41));
    assertThat(givenUp).hasSize(6);
    assertThat(store.read(outbox::all)).isEmpty();
  }

  @Test
  void R41_whatOnlyWaitsForATokenIsNotGivenUp() {
    rate(Duration.ofMinutes(1), 1);
    start();
    for (int i = 0; i < 5; i++) {
      bulk("r" + i, "m" + i);
    }
    time.pass(Duration.ofMinutes(4));
    assertThat(ran()).hasSize(5);
    assertThat(givenUp).isEmpty();
  }

  @Test
  void whatIsRemovedWhileItWaitsGivesItsLaneFree() {
    start();
    target = Verdict.FAILED;
    for (int i = 0; i < 5; i++) {
      write(tx -> outbox.addTurn(tx, "c0", "bot", 1, 7, Duration.ZERO));
      time.pass(Duration.ofSeconds(1));
    }
    assertThat(dispatcher.breaker(Kind.TURN, "bot").phase()).isEqualTo(BreakerState.Phase.OPEN);
    target = Verdict.WELL;
    runs.clear();
    write(
        tx -> {
          outbox.remove(tx, outbox.turn(tx, "c0").orElseThrow());
          outbox.addTurn(tx, "c0", "second", 2, 7, Duration.ZERO);
        });
    time.settle();
    assertThat(ran()).containsExactly("c0");
    assertThat(store.read(outbox::all)).isEmpty();
  }

  @Test
  void nothingWaitsInLineAfterStop() {
    rate(Duration.ofSeconds(1), 1);
    start();
    live("a", "1");
    live("b", "2");
    dispatcher.stop();
    time.pass(Duration.ofSeconds(5));
    assertThat(ran()).containsExactly("1");
    assertThat(dispatcher.busy(Kind.SEND)).isZero();
    assertThat(store.read(outbox::all)).extracting(OutboxEntry::subject).containsExactly("2");
  }
}
