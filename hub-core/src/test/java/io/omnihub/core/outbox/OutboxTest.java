package io.omnihub.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.core.outbox.LaneWatch.Wake;
import io.omnihub.core.outbox.OutboxEntry.Kind;
import io.omnihub.core.outbox.OutboxEntry.State;
import io.omnihub.core.store.Store;
import io.omnihub.core.store.TestStores;
import io.omnihub.core.store.Transaction;
import io.omnihub.testkit.ManualClock;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("store")
class OutboxTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final Duration PAUSE = Duration.ofMillis(300);

  @TempDir Path dir;

  private final ManualClock clock = new ManualClock(NOON);
  private final List<Wake> wakes = new CopyOnWriteArrayList<>();
  private final Outbox outbox = new Outbox("w", clock, wakes::add);
  private Store store;

  @BeforeEach
  void open() {
    store = TestStores.open(dir);
  }

  @AfterEach
  void close() {
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

  private void customerWrites() {
    write(tx -> outbox.addTurn(tx, "c1", "bot", 1, 0, PAUSE));
  }

  private OutboxEntry turn() {
    return store.read(tx -> outbox.turn(tx, "c1")).orElseThrow();
  }

  private OutboxEntry head(String lane) {
    return store.read(tx -> outbox.next(tx, Kind.SEND, lane)).getFirst();
  }

  @Test
  void R50_aConversationHasOneTurnWhichEachMessagePutsOff() {
    for (int i = 0; i < 4; i++) {
      customerWrites();
      assertThat(turn().dueAt()).isEqualTo(clock.instant().plus(PAUSE));
      assertThat(wakes.getLast()).isEqualTo(new Wake(Kind.TURN, "c1", turn().dueAt(), false));
      clock.advance(Duration.ofMillis(200));
    }
    assertThat(store.read(outbox::all)).hasSize(1);
    assertThat(turn().createdAt()).isEqualTo(NOON);
  }

  @Test
  void aTurnIsPutOffByTenPausesAtMost() {
    for (int i = 0; i < 50; i++) {
      customerWrites();
      assertThat(turn().dueAt()).isBeforeOrEqualTo(NOON.plus(PAUSE.multipliedBy(10)));
      clock.advance(Duration.ofMillis(200));
    }
    assertThat(turn().dueAt()).isEqualTo(NOON.plus(PAUSE.multipliedBy(10)));
  }

  @Test
  void aTurnThatHasBegunOrKnowsItsEndIsNotPutOff() {
    write(tx -> outbox.addTurn(tx, "c1", "bot", 1, 7, PAUSE));
    clock.advance(PAUSE);
    customerWrites();
    assertThat(turn().dueAt()).isEqualTo(NOON.plus(PAUSE));
    assertThat(turn().upto()).isEqualTo(7);

    write(tx -> outbox.remove(tx, turn()));
    customerWrites();
    Instant due = turn().dueAt();
    write(tx -> outbox.begin(tx, turn().seq(), 9));
    clock.advance(PAUSE);
    customerWrites();
    assertThat(turn().dueAt()).isEqualTo(due);
    assertThat(turn().state()).isEqualTo(State.INFLIGHT);
  }

  @Test
  void aSendIsDueAtOnceOnTheLaneOfItsAddress() {
    write(tx -> outbox.addSend(tx, "mail", "ann@x.test", "m1", 4));
    OutboxEntry send = store.read(tx -> outbox.send(tx, "m1")).orElseThrow();
    assertThat(send.lane()).isEqualTo("mail ann@x.test");
    assertThat(send.target()).isEqualTo("mail");
    assertThat(send.epoch()).isEqualTo(4);
    assertThat(send.dueAt()).isEqualTo(NOON);
    assertThat(send.startedAt()).isNull();
    assertThat(send.state()).isEqualTo(State.READY);
    assertThat(wakes).containsExactly(new Wake(Kind.SEND, "mail ann@x.test", NOON, false));
  }

  @Test
  void theHeadOfALaneIsItsOldestEntryWhateverItsTime() {
    write(tx -> outbox.addSend(tx, "a", "x", "m1", 1));
    write(tx -> outbox.addSend(tx, "a", "x", "m2", 1));
    write(tx -> outbox.addSend(tx, "a", "y", "m3", 1));
    OutboxEntry first = store.read(tx -> outbox.send(tx, "m1")).orElseThrow();
    write(tx -> outbox.again(tx, first, NOON.plusSeconds(60), "HTTP 503"));
    assertThat(head("a x").subject()).isEqualTo("m1");
    write(tx -> outbox.remove(tx, first));
    assertThat(head("a x").subject()).isEqualTo("m2");
  }

  @Test
  void anEntryRemembersWhatHappenedToIt() {
    write(tx -> outbox.addSend(tx, "a", "x", "m1", 1));
    OutboxEntry entry = store.read(tx -> outbox.send(tx, "m1")).orElseThrow();
    write(tx -> outbox.begin(tx, entry.seq(), 0));
    Instant begun = clock.instant();
    clock.advance(Duration.ofSeconds(5));
    write(tx -> outbox.again(tx, entry, NOON.plusSeconds(30), "HTTP 500"));
    write(tx -> outbox.again(tx, entry, NOON.plusSeconds(60), "HTTP 500"));
    OutboxEntry failed = store.read(tx -> outbox.find(tx, entry.seq())).orElseThrow();
    assertThat(failed.attempts()).isEqualTo(2);
    assertThat(failed.startedAt()).isEqualTo(begun);
    assertThat(failed.dueAt()).isEqualTo(NOON.plusSeconds(60));

    write(tx -> outbox.nextPiece(tx, failed, 1));
    OutboxEntry next = store.read(tx -> outbox.find(tx, entry.seq())).orElseThrow();
    assertThat(next.piece()).isEqualTo(1);
    assertThat(next.attempts()).isZero();
    assertThat(next.dueAt()).isEqualTo(clock.instant());

    write(tx -> outbox.await(tx, next, NOON.plusSeconds(90)));
    assertThat(store.read(tx -> outbox.find(tx, entry.seq())).orElseThrow().state())
        .isEqualTo(State.AWAITING);
  }

  @Test
  void nobodyIsWokenByWhatIsRolledBack() {
    store
        .offer(
            tx -> {
              outbox.addSend(tx, "a", "x", "m1", 1);
              throw new IllegalStateException("of the test");
            })
        .orElseThrow()
        .exceptionally(failure -> null)
        .join();
    assertThat(wakes).isEmpty();
    assertThat(store.read(outbox::all)).isEmpty();
  }
}
