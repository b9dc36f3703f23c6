package io.omnihub.core.outbox;

import io.omnihub.core.outbox.OutboxEntry.Kind;
import io.omnihub.core.outbox.OutboxEntry.State;
import io.omnihub.core.store.Transaction;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The table of intentions. Whoever adds or changes an entry wakes its lane once the change is
 * durable.
 */
public final class Outbox {
  private final String workspace;
  private final Clock clock;
  private final LaneWatch watch;

  public Outbox(String workspace, Clock clock, LaneWatch watch) {
    this.workspace = workspace;
    this.clock = clock;
    this.watch = watch;
  }

  /**
   * Adds a turn unless the conversation has one; one that has not begun is put off by the pause,
   * but no longer than ten pauses in all.
   *
   * @param upto the last position to cover, or 0 to decide that when it begins
   */
  public void addTurn(
      Transaction tx, String conversation, String backend, long epoch, long upto, Duration pause)
      throws SQLException {
    Instant due = clock.instant().plus(pause);
    Fresh fresh = new Fresh(Kind.TURN, conversation, backend, conversation, epoch, upto, 0, false);
    if (insert(tx, fresh, due)) {
      return;
    }
    OutboxEntry turn = turn(tx, conversation).orElseThrow();
    if (turn.upto() == 0 && turn.state() == State.READY) {
      Instant latest = turn.createdAt().plus(pause.multipliedBy(10));
      Instant later = due.isBefore(latest) ? due : latest;
      tx.update("UPDATE outbox SET due_at = ? WHERE seq = ?", later.toEpochMilli(), turn.seq());
      wakeAfter(tx, Kind.TURN, conversation, later, false);
    }
  }

  /** Adds a message to send, due at once. */
  public void addSend(Transaction tx, String account, String address, String message, long epoch)
      throws SQLException {
    addSendFrom(tx, account, address, message, epoch, 0);
  }

  /** Adds a message to send that lets live ones of the same account go before it. */
  public void addBulkSend(
      Transaction tx, String account, String address, String message, long epoch)
      throws SQLException {
    String lane = account + " " + address;
    Fresh fresh = new Fresh(Kind.SEND, lane, account, message, epoch, 0, 0, true);
    insert(tx, fresh, clock.instant());
  }

  /** Adds a message of which the first pieces have been sent already. */
  public void addSendFrom(
      Transaction tx, String account, String address, String message, long epoch, int piece)
      throws SQLException {
    String lane = account + " " + address;
    Fresh fresh = new Fresh(Kind.SEND, lane, account, message, epoch, 0, piece, false);
    insert(tx, fresh, clock.instant());
  }

  /** Adds a change that a subscription is to be told of, due at once. */
  public void addNotify(Transaction tx, String subscription, String conversation, long change)
      throws SQLException {
    String lane = subscription + " " + conversation;
    Instant now = clock.instant();
    String subject = Long.toString(change);
    insert(tx, new Fresh(Kind.NOTIFY, lane, subscription, subject, 0, 0, 0, false), now);
  }

  /** Removes notifications of a subscription, as many as the limit; answers how many there were. */
  public int removeNotifies(Transaction tx, String subscription, int limit) throws SQLException {
    return tx.update(
        "DELETE FROM outbox WHERE seq IN (SELECT seq FROM outbox"
            + " WHERE workspace = ? AND kind = 'notify' AND target = ? LIMIT ?)",
        workspace,
        subscription,
        limit);
  }

  /** An entry that is not there yet. */
  private record Fresh(
      Kind kind,
      String lane,
      String target,
      String subject,
      long epoch,
      long upto,
      int piece,
      boolean bulk) {

    OutboxEntry entry(long seq, State state, Instant now, Instant due) {
      Instant started = state == State.READY ? null : now;
      return new OutboxEntry(
          seq, kind, lane, target, subject, state, epoch, upto, piece, bulk, 0, now, started, due);
    }

    /** Whether all is known that has to be known when it begins. */
    boolean complete() {
      return kind != Kind.TURN || upto > 0;
    }
  }

  /** False when there is one already that it cannot stand beside. */
  private boolean insert(Transaction tx, Fresh fresh, Instant due) throws SQLException {
    Instant now = clock.instant();
    boolean first = tx.mark(fresh.kind().word() + " " + fresh.lane());
    boolean claimed =
        first
            && fresh.complete()
            && !due.isAfter(now)
            && watch.claim(tx, fresh.kind(), fresh.lane(), fresh.target(), fresh.bulk());
    State state = claimed ? State.INFLIGHT : State.READY;
    Optional<Long> seq =
        tx.number(
            "INSERT INTO outbox (workspace, kind, lane, target, subject, state, epoch, upto, piece, bulk, attempts,"
                + " created_at, started_at, due_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING seq",
            workspace,
            fresh.kind().word(),
            fresh.lane(),
            fresh.target(),
            fresh.subject(),
            state.word(),
            fresh.epoch(),
            fresh.upto(),
            fresh.piece(),
            fresh.bulk() ? 1 : 0,
            now.toEpochMilli(),
            claimed ? now.toEpochMilli() : null,
            due.toEpochMilli());
    if (seq.isEmpty()) {
      return false;
    }
    OutboxEntry entry = fresh.entry(seq.get(), state, now, due);
    if (claimed) {
      tx.afterCommit(() -> watch.claimed(entry));
    } else {
      wakeAfter(tx, fresh.kind(), fresh.lane(), due, fresh.bulk());
    }
    return true;
  }

  /** The turn of a conversation, whatever its state. */
  public Optional<OutboxEntry> turn(Transaction tx, String conversation) throws SQLException {
    return tx.first(
        Outbox::read,
        "SELECT * FROM outbox WHERE workspace = ? AND kind = 'turn' AND lane = ?",
        workspace,
        conversation);
  }

  /** The send of a message, if it has not ended. */
  public Optional<OutboxEntry> send(Transaction tx, String message) throws SQLException {
    return tx.first(
        Outbox::read,
        "SELECT * FROM outbox WHERE workspace = ? AND kind = 'send' AND subject = ?",
        workspace,
        message);
  }

  public Optional<OutboxEntry> find(Transaction tx, long seq) throws SQLException {
    return tx.first(Outbox::read, "SELECT * FROM outbox WHERE seq = ?", seq);
  }

  /** The oldest entry of a lane, and the one behind it. */
  List<OutboxEntry> next(Transaction tx, Kind kind, String lane) throws SQLException {
    return tx.list(
        Outbox::read,
        "SELECT * FROM outbox WHERE workspace = ? AND kind = ? AND lane = ? ORDER BY seq LIMIT 2",
        workspace,
        kind.word(),
        lane);
  }

  /**
   * The oldest entry of a lane.
   *
   * @param urgent whether something live is in the lane
   */
  record Head(OutboxEntry entry, boolean urgent) {}

  /** The oldest entry of each lane, oldest first. */
  List<Head> heads(Transaction tx) throws SQLException {
    return tx.list(
        row -> new Head(read(row), row.number("rest") == 0),
        "SELECT o.*, h.rest FROM outbox o"
            + " JOIN (SELECT min(seq) AS seq, min(bulk) AS rest FROM outbox WHERE workspace = ? GROUP BY kind, lane) h"
            + " ON h.seq = o.seq ORDER BY o.seq",
        workspace);
  }

  /** Everything that is not done. */
  public List<OutboxEntry> all(Transaction tx) throws SQLException {
    return tx.list(
        Outbox::read, "SELECT * FROM outbox WHERE workspace = ? ORDER BY seq", workspace);
  }

  /** Notes that an entry is begun now, so that a crash while it runs is known afterwards. */
  public void begin(Transaction tx, long seq, long upto) throws SQLException {
    tx.update(
        "UPDATE outbox SET state = 'inflight', upto = ?, started_at = coalesce(started_at, ?) WHERE seq = ?",
        upto,
        clock.millis(),
        seq);
  }

  /** Puts an entry back to be run at a time. */
  public void again(Transaction tx, OutboxEntry entry, Instant due, String why)
      throws SQLException {
    tx.update(
        "UPDATE outbox SET state = 'ready', attempts = attempts + 1, due_at = ?, last_error = ?,"
            + " started_at = coalesce(started_at, ?) WHERE seq = ?",
        due.toEpochMilli(),
        why,
        clock.millis(),
        entry.seq());
    wakeAfter(tx, entry.kind(), entry.lane(), due, entry.bulk());
  }

  /** The backend answers later; the entry is run again at the time only to find that it did not. */
  public void await(Transaction tx, OutboxEntry entry, Instant until) throws SQLException {
    tx.update(
        "UPDATE outbox SET state = 'awaiting', due_at = ? WHERE seq = ?",
        until.toEpochMilli(),
        entry.seq());
    wakeAfter(tx, entry.kind(), entry.lane(), until, entry.bulk());
  }

  /** Goes on with the next piece at once, which is thereby begun. */
  public void nextPiece(Transaction tx, OutboxEntry entry, int piece) throws SQLException {
    tx.update(
        "UPDATE outbox SET piece = ?, attempts = 0, state = 'ready', due_at = ? WHERE seq = ?",
        piece,
        clock.millis(),
        entry.seq());
    wakeAfter(tx, entry.kind(), entry.lane(), clock.instant(), entry.bulk());
  }

  /** It is done, or will never be. False when it is gone already. */
  public boolean remove(Transaction tx, OutboxEntry entry) throws SQLException {
    boolean removed = tx.update("DELETE FROM outbox WHERE seq = ?", entry.seq()) > 0;
    if (removed) {
      tx.afterCommit(() -> watch.removed(entry));
    }
    return removed;
  }

  private void wakeAfter(Transaction tx, Kind kind, String lane, Instant at, boolean bulk) {
    tx.afterCommit(() -> watch.wake(new LaneWatch.Wake(kind, lane, at, bulk)));
  }

  private static OutboxEntry read(Transaction.Row row) throws SQLException {
    return new OutboxEntry(
        row.number("seq"),
        Kind.valueOf(row.text("kind").toUpperCase(Locale.ROOT)),
        row.text("lane"),
        row.text("target"),
        row.text("subject"),
        State.valueOf(row.text("state").toUpperCase(Locale.ROOT)),
        row.number("epoch"),
        row.number("upto"),
        (int) row.number("piece"),
        row.number("bulk") != 0,
        (int) row.number("attempts"),
        row.time("created_at"),
        row.time("started_at"),
        row.time("due_at"));
  }
}
