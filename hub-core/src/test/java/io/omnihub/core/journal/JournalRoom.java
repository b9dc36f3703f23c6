package io.omnihub.core.journal;

import io.omnihub.api.model.Identity;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.InboundEvent.MessageReceived;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.Sender;
import io.omnihub.api.route.InboundBatch;
import io.omnihub.core.lane.Lanes;
import io.omnihub.core.store.Ids;
import io.omnihub.core.store.Store;
import io.omnihub.core.store.TestStores;
import io.omnihub.core.store.Transaction;
import io.omnihub.testkit.Await;
import io.omnihub.testkit.ManualClock;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/**
 * One run of a hub, as far as its journal is concerned. What is applied is written to the store.
 */
final class JournalRoom implements AutoCloseable {
  static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  final ManualClock clock;
  final Store store;
  final Lanes lanes;
  final DeadLetters letters;
  final Journal journal;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  JournalRoom(Path dir, ManualClock clock, UnaryOperator<Fact> prepare) {
    this.clock = clock;
    store = TestStores.open(dir);
    lanes = new Lanes("test", executor);
    letters = new DeadLetters("w", store, new Ids(clock), clock, (tx, letter) -> {});
    journal = new Journal("w", store, lanes, clock, letters, new Applying(prepare));
  }

  JournalRoom(Path dir, UnaryOperator<Fact> prepare) {
    this(dir, new ManualClock(NOON), prepare);
  }

  JournalRoom(Path dir) {
    this(dir, fact -> fact);
  }

  private record Applying(UnaryOperator<Fact> prepares) implements FactHandler {
    @Override
    public Fact prepare(Fact fact) {
      return prepares.apply(fact);
    }

    @Override
    public void apply(Transaction tx, Fact fact) throws SQLException {
      tx.update(
          "INSERT INTO audit (workspace, conversation_id, actor, action, detail, at) VALUES ('w',"
              + " ?, ?, 'applied', ?, 0)",
          fact.event().sender().value(),
          fact.account(),
          fact.event().key());
    }
  }

  /** Keys of what was applied for a sender, in the order in which it was. */
  List<String> applied(String sender) {
    return store.read(
        tx ->
            tx.list(
                row -> row.text("detail"),
                "SELECT detail FROM audit WHERE conversation_id = ? ORDER BY seq",
                sender));
  }

  long count(String table) {
    return store.read(tx -> tx.number("SELECT count(*) FROM " + table).orElseThrow());
  }

  void awaitIdle() {
    Await.until("the journal to be idle", () -> journal.pending() == 0 && lanes.busy() == 0);
  }

  static InboundEvent message(String sender, String id) {
    return MessageReceived.of(
        id,
        Sender.of(Identity.of("sample", sender)),
        NOON,
        List.of(Part.Text.plain("hello " + id)));
  }

  static InboundBatch batch(InboundEvent... events) {
    return InboundBatch.of(List.of(events));
  }

  @Override
  public void close() {
    journal.stop();
    Await.until("the lanes to end", () -> lanes.busy() == 0);
    executor.close();
    store.close();
  }
}
