package io.omnihub.core.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.model.DeliveryStatus;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Message;
import io.omnihub.api.model.Message.Direction;
import io.omnihub.api.model.Part;
import io.omnihub.core.timeline.Changes.Change;
import io.omnihub.core.timeline.Legs.Leg;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("store")
class TimelineTest {
  @TempDir Path dir;

  private TimelineRoom room;

  @BeforeEach
  void open() {
    room = new TimelineRoom(dir);
  }

  @AfterEach
  void close() {
    room.close();
  }

  @Test
  void theFeedIsInOrderAndCanBeResumedAnywhere() throws InterruptedException {
    Changes changes = room.timeline.changes();
    List<Change> watched = new CopyOnWriteArrayList<>();
    Changes.Registration watching = changes.watch(new Reading(changes, watched));
    List<Thread> writers =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    Thread.startVirtualThread(
                        () -> IntStream.range(0, 10).forEach(n -> add("t" + i, "c" + n))))
            .toList();
    for (Thread writer : writers) {
      writer.join();
    }
    watching.close();
    add("after", "c");

    List<Change> all = changes.after(room.store, 0, 1000);
    assertThat(all).hasSize(201).extracting(Change::seq).isSorted().doesNotHaveDuplicates();
    assertThat(watched).isEqualTo(all.subList(0, 200));
    assertThat(changes.newest(room.store)).isEqualTo(all.getLast().seq());
    for (int from : new int[] {0, 1, 77, 199, 200}) {
      List<Change> resumed = new ArrayList<>();
      long cursor = all.get(from).seq();
      List<Change> page = changes.after(room.store, cursor, 50);
      while (!page.isEmpty()) {
        resumed.addAll(page);
        page = changes.after(room.store, resumed.getLast().seq(), 50);
      }
      assertThat(resumed).isEqualTo(all.subList(from + 1, 201));
    }
  }

  /** Reads what is new whenever it hears of it, as the event stream does. */
  private final class Reading implements Changes.Watcher {
    private final Changes changes;
    private final List<Change> seen;
    private long cursor;

    Reading(Changes changes, List<Change> seen) {
      this.changes = changes;
      this.seen = seen;
    }

    @Override
    public void more() {
      for (Change change : changes.after(room.store, cursor, 1000)) {
        seen.add(change);
        cursor = change.seq();
      }
    }

    @Override
    public void shown(Change change) {
      seen.add(change);
    }
  }

  private void add(String type, String conversation) {
    room.write(tx -> room.timeline.changes().add(tx, type, "a", conversation, Map.of("n", 1)));
  }

  @Test
  void aPlaceIsFoundByTimeThoughPlacesAreMissingAndTheClockWasPutBack() {
    Changes changes = room.timeline.changes();
    assertThat(changes.placeBefore(room.store, TimelineRoom.NOON)).isLessThan(1);
    for (int i = 0; i < 500; i++) {
      add("message.sent", "c");
      room.clock.advance(i == 250 ? Duration.ofMinutes(-3) : Duration.ofMinutes(1));
    }
    room.write(tx -> tx.update("DELETE FROM change WHERE seq < 100 OR seq % 7 = 0"));
    List<Change> all = changes.after(room.store, 0, 1000);
    for (Change change : all) {
      long place = changes.placeBefore(room.store, change.at());
      assertThat(all)
          .filteredOn(other -> other.seq() <= place)
          .allMatch(other -> other.at().isBefore(change.at()));
      assertThat(change.seq() - place).isLessThan(20);
    }
  }

  @Test
  void whatIsRolledBackIsToldToNobodyAndWhatIsShownIsNotKept() {
    Changes changes = room.timeline.changes();
    List<Change> watched = new CopyOnWriteArrayList<>();
    changes.watch(new Reading(changes, watched));
    room.store
        .offer(
            tx -> {
              changes.add(tx, "lost", "a", "c", Map.of());
              throw new IllegalStateException("of the test");
            })
        .orElseThrow()
        .exceptionally(failure -> null)
        .join();
    changes.show("contact.typing", "a", "c", Map.of("for", "5s"));
    assertThat(watched)
        .extracting(Change::type, Change::seq)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("contact.typing", 0L));
    assertThat(changes.newest(room.store)).isZero();
  }

  @Test
  void changesAreAnnouncedWithWhatIsNow() {
    String id = room.conversation();
    Message message = room.message(id, Direction.INBOUND, Part.Text.plain("hello"));
    room.add(message);
    room.write(tx -> room.timeline.announce(tx, "conversation.opened", id));
    room.write(tx -> room.timeline.announceMessage(tx, "message.received", message.id()));
    room.write(tx -> room.timeline.announce(tx, "nothing", "unknown"));
    List<Change> told = room.timeline.changes().after(room.store, 0, 10);
    assertThat(told)
        .extracting(Change::type)
        .containsExactly("conversation.opened", "message.received");
    assertThat(told.getLast().data()).contains(message.id(), "\"hello\"");
    assertThat(told).allSatisfy(change -> assertThat(change.conversationId()).isEqualTo(id));
  }

  @Test
  void R17_aMessageMayHaveManyProvidersIds() {
    ProviderIds ids = room.timeline.providerIds();
    for (String piece : List.of("p1", "p2", "p3")) {
      assertThat(add(ids, "a", piece, "m1")).isTrue();
    }
    assertThat(add(ids, "a", "p1", "m2")).as("an id means one message for good").isFalse();
    assertThat(add(ids, "b", "p1", "m2")).as("another account").isTrue();
    room.write(tx -> ids.setStatus(tx, "a", "p2", DeliveryStatus.READ));
    assertThat(room.store.read(tx -> ids.message(tx, "a", "p1")).stream()).containsExactly("m1");
    assertThat(room.store.read(tx -> ids.message(tx, "b", "p1")).stream()).containsExactly("m2");
    assertThat(room.store.read(tx -> ids.message(tx, "c", "p1")).stream()).isEmpty();
    assertThat(room.store.read(tx -> ids.status(tx, "a", "p2")).stream())
        .containsExactly(DeliveryStatus.READ);
    assertThat(room.store.read(tx -> ids.statuses(tx, "m1")).stream())
        .containsExactlyInAnyOrder(DeliveryStatus.SENT, DeliveryStatus.READ, DeliveryStatus.SENT);
  }

  private boolean add(ProviderIds ids, String account, String providerId, String message) {
    return room.store.write(tx -> ids.add(tx, account, providerId, message, DeliveryStatus.SENT));
  }

  @Test
  void R10_aReceiptBeforeItsMessageIsParked() {
    ProviderIds ids = room.timeline.providerIds();
    Failure failure = Failure.of(Failure.Code.RECIPIENT_BLOCKED, "gone");
    Instant noon = TimelineRoom.NOON;
    room.write(tx -> ids.park(tx, "a", "p1", DeliveryStatus.DELIVERED, null, noon));
    room.write(tx -> ids.park(tx, "a", "p2", DeliveryStatus.READ, null, noon));
    room.write(tx -> ids.park(tx, "a", "p1", DeliveryStatus.FAILED, failure, noon));
    List<ProviderIds.Parked> parked = room.store.write(tx -> ids.unpark(tx, "a", "p1"));
    assertThat(parked)
        .containsExactly(
            new ProviderIds.Parked(DeliveryStatus.DELIVERED, null),
            new ProviderIds.Parked(DeliveryStatus.FAILED, failure));
    assertThat(room.store.write(tx -> ids.unpark(tx, "a", "p1")).stream()).isEmpty();
    assertThat(room.store.write(tx -> ids.unpark(tx, "a", "p2")).stream()).hasSize(1);
  }

  @Test
  void theLegThatWasUsedLastIsTheWayBack() {
    Legs legs = room.timeline.legs();
    Leg mail = new Leg("i1", "mail", "ann@x.test", "");
    Leg chat = new Leg("i2", "chat", "42", "topic");
    Leg chatMoved = new Leg("i2", "chat", "43", "");
    room.write(tx -> legs.used(tx, "c1", mail, TimelineRoom.NOON, 1));
    room.write(tx -> legs.used(tx, "c1", chat, TimelineRoom.NOON, 2));
    assertThat(last("c1", "")).isEqualTo(Optional.of(chat));
    assertThat(last("c1", "mail")).isEqualTo(Optional.of(mail));
    room.write(tx -> legs.used(tx, "c1", mail, TimelineRoom.NOON, 3));
    assertThat(last("c1", "")).isEqualTo(Optional.of(mail));
    room.write(tx -> legs.used(tx, "c1", chatMoved, TimelineRoom.NOON, 4));
    assertThat(last("c1", "")).isEqualTo(Optional.of(chatMoved));
    assertThat(last("c1", "sms")).isEqualTo(Optional.empty());
    assertThat(last("c2", "")).isEqualTo(Optional.empty());
  }

  private Optional<Leg> last(String conversation, String account) {
    return room.store.read(tx -> room.timeline.legs().last(tx, conversation, account));
  }

  @Test
  void theAuditKeepsWhatWasDoneInOrder() {
    Audit audit = room.timeline.audit();
    for (String action : List.of("control", "close", "late-answer")) {
      room.write(tx -> audit.add(tx, "c1", "agent:ann", action, "detail"));
    }
    List<Audit.Line> lines = room.store.read(tx -> audit.of(tx, "c1"));
    assertThat(lines)
        .extracting(Audit.Line::action)
        .containsExactly("control", "close", "late-answer");
    assertThat(lines.getFirst())
        .isEqualTo(new Audit.Line("agent:ann", "control", "detail", TimelineRoom.NOON));
    assertThat(room.store.read(tx -> audit.of(tx, "c2")).stream()).isEmpty();
  }
}
