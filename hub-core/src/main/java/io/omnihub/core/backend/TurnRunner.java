package io.omnihub.core.backend;

import io.micrometer.core.instrument.MeterRegistry;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Failure.Code;
import io.omnihub.api.model.Turn;
import io.omnihub.api.model.TurnResult;
import io.omnihub.api.route.HubGateway.HubRoute;
import io.omnihub.api.route.HubGateway.Kind;
import io.omnihub.core.outbox.EntryRunner;
import io.omnihub.core.outbox.Outbox;
import io.omnihub.core.outbox.OutboxEntry;
import io.omnihub.core.outbox.TurnEnd;
import io.omnihub.core.outbox.Verdict;
import io.omnihub.core.plugin.HubPorts;
import io.omnihub.core.store.Store;
import io.omnihub.core.store.Transaction;
import io.omnihub.core.telemetry.LogLines;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs turns. */
public final class TurnRunner implements EntryRunner {
  private static final Logger LOG = LoggerFactory.getLogger(TurnRunner.class);

  private final Store store;
  private final Outbox outbox;
  private final HubPorts ports;
  private final Book book;
  private final Clock clock;
  private final MeterRegistry meters;

  public TurnRunner(
      Store store, Outbox outbox, HubPorts ports, Book book, Clock clock, MeterRegistry meters) {
    this.store = store;
    this.outbox = outbox;
    this.ports = ports;
    this.book = book;
    this.clock = clock;
    this.meters = meters;
  }

  /** Knows what a turn is about and what follows from its end. */
  public interface Book {

    /** What the backend is to be asked; empty when there is nothing to ask any more. */
    Optional<Turn> read(Transaction tx, OutboxEntry entry) throws SQLException;

    /** The last position that the turn covers when it begins now. */
    long upto(Transaction tx, OutboxEntry entry) throws SQLException;

    void ended(Transaction tx, TurnEnd end) throws SQLException;
  }

  @Override
  public Verdict run(OutboxEntry entry, boolean claimed) {
    if (entry.state() == OutboxEntry.State.AWAITING) {
      String why = "it took the turn and posted no actions";
      end(new TurnEnd(entry, clock.instant(), timeout(why), false));
      return Verdict.NEITHER;
    }
    OutboxEntry begun = entry.state() == OutboxEntry.State.READY ? begin(entry) : entry;
    Optional<Turn> turn = store.read(tx -> book.read(tx, begun));
    if (turn.isEmpty()) {
      store.write(
          tx -> {
            outbox.remove(tx, begun);
            return null;
          });
      return Verdict.NEITHER;
    }
    Instant began = clock.instant();
    long start = System.nanoTime();
    String last = turn.get().messages().getLast().id();
    TurnResult result = LogLines.about(begun.subject(), last, () -> ask(begun, turn.get()));
    String outcome = result.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    meters
        .timer("omnihub.turns", "backend", begun.target(), "outcome", outcome)
        .record(Duration.ofNanos(System.nanoTime() - start));
    end(new TurnEnd(begun, began, result, false));
    return verdict(result);
  }

  @Override
  public void giveUp(OutboxEntry entry) {
    String why = "it has failed again and again, and was not asked any more";
    end(new TurnEnd(entry, clock.instant(), timeout(why), true));
  }

  private static TurnResult timeout(String why) {
    return new TurnResult.Failed(Failure.of(Code.TIMEOUT, why));
  }

  private static Verdict verdict(TurnResult result) {
    return switch (result) {
      case TurnResult.Answered answered -> Verdict.WELL;
      case TurnResult.Deferred deferred -> Verdict.WELL;
      case TurnResult.Failed failed ->
          failed.failure().code().actor() == Failure.Actor.PROVIDER
              ? Verdict.FAILED
              : Verdict.NEITHER;
    };
  }

  /**
   * Notes that the backend is being asked, and fixes which messages the turn covers, so that it is
   * the same at every attempt.
   */
  private OutboxEntry begin(OutboxEntry entry) {
    return store.write(
        tx -> {
          outbox.begin(tx, entry.seq(), book.upto(tx, entry));
          return outbox.find(tx, entry.seq()).orElse(entry);
        });
  }

  private TurnResult ask(OutboxEntry entry, Turn turn) {
    Optional<HubRoute> route = ports.route(Kind.TURNS, entry.target());
    if (route.isEmpty()) {
      return new TurnResult.Failed(Failure.of(Code.CONFIG, "the backend is not running"));
    }
    try {
      return route.get().call(turn, Map.of()).body() instanceof TurnResult result
          ? result
          : new TurnResult.Failed(Failure.of(Code.INTERNAL, "the plugin answered no turn result"));
    } catch (Exception e) {
      LOG.warn("the route of backend {} failed: {}", entry.target(), e.getClass().getName());
      LOG.debug("the route of backend {} failed", entry.target(), e);
      return new TurnResult.Failed(Failure.of(Code.INTERNAL, e.getClass().getSimpleName()));
    }
  }

  private void end(TurnEnd end) {
    store.insist(
        tx -> {
          book.ended(tx, end);
          return null;
        });
  }
}
