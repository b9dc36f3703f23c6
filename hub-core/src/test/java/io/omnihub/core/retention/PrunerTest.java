package io.omnihub.core.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.omnihub.core.retention.Pruner.Rule;
import io.omnihub.core.store.Store;
import io.omnihub.core.store.TestStores;
import io.omnihub.testkit.Await;
import io.omnihub.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slices, one after the other, among the work of others. */
@Tag("store")
final class PrunerTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  @TempDir Path folder;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Store store;

  @BeforeEach
  void open() {
    store = TestStores.open(folder);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Pruner pruner(Rule... rules) {
    return new Pruner(store, new ManualClock(NOON), meters, Duration.ZERO, List.of(rules));
  }

  @Test
  void aRoundGoesOnUntilASliceIsNotFull() {
    AtomicInteger left = new AtomicInteger(23);
    List<Long> moments = new ArrayList<>();
    pruner(
            new Rule(
                "crumbs",
                Duration.ofDays(1),
                10,
                (tx, before, limit) -> {
                  moments.add(before);
                  int taken = Math.min(limit, left.get());
                  left.addAndGet(-taken);
                  return taken;
                }))
        .round();
    assertThat(left).hasValue(0);
    assertThat(moments).hasSize(3).containsOnly(NOON.minus(Duration.ofDays(1)).toEpochMilli());
    assertThat(meters.get("omnihub.pruned").tag("what", "crumbs").counter().count()).isEqualTo(23);
  }

  @Test
  void othersWriteBetweenTwoSlices() {
    AtomicInteger slices = new AtomicInteger();
    AtomicInteger seen = new AtomicInteger(-1);
    List<CompletableFuture<Integer>> others = new ArrayList<>();
    pruner(
            new Rule(
                "crumbs",
                Duration.ZERO,
                1,
                (tx, before, limit) -> {
                  if (slices.incrementAndGet() == 1) {
                    others.add(store.offer(other -> seen.getAndSet(slices.get())).orElseThrow());
                  }
                  return slices.get() < 5 ? 1 : 0;
                }))
        .round();
    others.getFirst().join();
    assertThat(seen).as("slices before the other's turn").hasValue(1);
    assertThat(slices).hasValue(5);
  }

  @Test
  void aRuleThatFailsIsTriedAgainInTheNextRound() {
    AtomicInteger tries = new AtomicInteger();
    Pruner pruner =
        pruner(
            new Rule(
                "crumbs",
                Duration.ZERO,
                5,
                (tx, before, limit) -> {
                  tries.incrementAndGet();
                  return tx.update("DELETE FROM nothing");
                }));
    pruner.round();
    pruner.round();
    assertThat(tries.get()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void oneRoundRunsAtATimeAndStopEndsIt() throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    AtomicInteger slices = new AtomicInteger();
    Pruner pruner =
        pruner(
            new Rule(
                "crumbs",
                Duration.ZERO,
                1,
                (tx, before, limit) -> {
                  slices.incrementAndGet();
                  return 1;
                }));
    Thread round =
        Thread.ofVirtual()
            .start(
                () -> {
                  pruner.round();
                  stopped.countDown();
                });
    Await.until("the first slices", () -> slices.get() > 3);
    pruner.round();
    pruner.stop();
    stopped.await();
    round.join();
    assertThat(slices.get()).isGreaterThan(3);
  }

  @Test
  void aSliceIsSmall() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Rule("crumbs", Duration.ZERO, 501, (tx, before, limit) -> 0));
  }
}
