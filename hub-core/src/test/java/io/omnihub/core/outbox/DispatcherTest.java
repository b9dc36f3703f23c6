package io.omnihub.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.core.outbox.OutboxEntry.Kind;
import io.omnihub.core.store.Store;
import io.omnihub.core.store.StoreUnavailableException;
import io.omnihub.core.store.TestStores;
import io.omnihub.core.store.Transaction;
import io.omnihub.testkit.Await;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("store")
class DispatcherTest {
  @TempDir Path dir;

  private final Clock clock = Clock.systemUTC();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final List<String> ran = new CopyOnWriteArrayList<>();
  private Store store;
  private Dispatcher dispatcher;
  private Outbox outbox;

  @BeforeEach
  void open() {
    store = TestStores.open(dir);
    dispatcher = new Dispatcher(store, clock, timer, executor, (kind, target) -> Limits.of(kind));
    outbox = new Outbox("w", clock, dispatcher);
  }

  @AfterEach
  void close() {
    dispatcher.stop();
    timer.shutdownNow();
    executor.close();
    store.close();
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

  private void send(String address, String message) {
    write(tx -> outbox.addSend(tx, "a", address, message, 1));
  }

  private void start(EntryRunner runner) {
    dispatcher.start(outbox, Map.of(Kind.SEND, runner, Kind.TURN, runner));
  }

  private Verdict runAndRemove(OutboxEntry entry) {
    ran.add(entry.subject());
    write(tx -> outbox.remove(tx, entry));
    return Verdict.WELL;
  }

  @Test
  void R07_entriesOfALaneRunInOrderAndLanesSideBySide() {
    CountDownLatch gate = new CountDownLatch(1);
    start(
        (entry, claimed) -> {
          if (entry.lane().endsWith("held")) {
            waitFor(gate);
          }
          return runAndRemove(entry);
        });
    for (int i = 0; i < 30; i++) {
      send("held", "held-" + i);
      send("free", "free-" + i);
    }
    Await.until("the free lane", () -> ran.size() == 30);
    assertThat(ran).isEqualTo(IntStream.range(0, 30).mapToObj(i -> "free-" + i).toList());
    Await.until("only the held lane to be busy", () -> dispatcher.busy(Kind.SEND) == 1);

    gate.countDown();
    Await.until("the other lane", () -> ran.size() == 60);
    assertThat(ran.subList(30, 60))
        .isEqualTo(IntStream.range(0, 30).mapToObj(i -> "held-" + i).toList());
  }

  @Test
  void whatAnEarlierRunLeftIsRun() {
    send("x", "m1");
    send("y", "m2");
    assertThat(ran).isEmpty();
    start((entry, claimed) -> runAndRemove(entry));
    Await.until("both", () -> ran.size() == 2);
    assertThat(ran).containsExactlyInAnyOrder("m1", "m2");
    Await.until("an empty table", () -> store.read(outbox::all).isEmpty());
  }

  @Test
  void whatComesInWhileItStartsIsRun() throws InterruptedException {
    Thread writing =
        Thread.startVirtualThread(
            () -> IntStream.range(0, 400).forEach(i -> send("x" + i, "m" + i)));
    Await.until("some to be there before", () -> store.read(outbox::all).size() > 20);
    start((entry, claimed) -> runAndRemove(entry));
    writing.join();
    Await.until("all", () -> ran.size() >= 400);
    assertThat(ran).hasSize(400).doesNotHaveDuplicates();
  }

  @Test
  void aHeadThatWaitsHoldsItsLane() {
    AtomicInteger attempts = new AtomicInteger();
    start(
        (entry, claimed) -> {
          if (entry.subject().equals("m1") && attempts.incrementAndGet() == 1) {
            write(tx -> outbox.again(tx, entry, clock.instant().plusMillis(300), "HTTP 503"));
          } else {
            runAndRemove(entry);
          }
          return Verdict.WELL;
        });
    send("x", "m1");
    send("x", "m2");
    send("y", "m3");
    Await.until("all", () -> ran.size() == 3);
    assertThat(ran).containsExactly("m3", "m1", "m2");
  }

  @Test
  void everyEntryRunsWhenItIsDueAndNotBefore() {
    Duration pause = Duration.ofMillis(30);
    List<Long> early = new CopyOnWriteArrayList<>();
    start(
        (entry, claimed) -> {
          if (clock.instant().isBefore(entry.dueAt())) {
            early.add(entry.seq());
          }
          return runAndRemove(entry);
        });
    for (int i = 0; i < 300; i++) {
      String conversation = "c" + i;
      write(tx -> outbox.addTurn(tx, conversation, "bot", 1, 0, pause));
    }
    Await.until("every turn", () -> ran.size() == 300);
    assertThat(early).isEmpty();
    assertThat(ran).doesNotHaveDuplicates();
  }

  @Test
  void anEntryThatItsRunnerLeavesAsItIsRunsAgainLater() {
    AtomicInteger attempts = new AtomicInteger();
    start(
        (entry, claimed) -> {
          switch (attempts.incrementAndGet()) {
            case 1 -> ran.add("left");
            case 2 -> throw new IllegalStateException("of the test");
            case 3 -> throw new StoreUnavailableException("of the test", null);
            default -> runAndRemove(entry);
          }
          return Verdict.NEITHER;
        });
    send("x", "m1");
    Await.until("the last attempt", () -> ran.contains("m1"));
    assertThat(attempts).hasValue(4);
  }

  @Test
  void nothingMoreBeginsAfterStop() {
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    start(
        (entry, claimed) -> {
          begun.countDown();
          waitFor(gate);
          return runAndRemove(entry);
        });
    send("x", "m1");
    send("x", "m2");
    waitFor(begun);
    dispatcher.stop();
    gate.countDown();
    send("y", "m3");
    Await.until("the lanes to end", () -> dispatcher.busy(Kind.SEND) == 0);
    assertThat(ran).containsExactly("m1");
    assertThat(store.read(outbox::all))
        .extracting(OutboxEntry::subject)
        .containsExactly("m2", "m3");
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
