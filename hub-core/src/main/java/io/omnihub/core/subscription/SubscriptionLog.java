package io.omnihub.core.subscription;

import io.omnihub.core.store.Store;
import io.omnihub.core.store.Transaction;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The log of attempts to tell subscribers; what was said is not in it. */
public final class SubscriptionLog {

  private final String workspace;
  private final Store store;

  public SubscriptionLog(String workspace, Store store) {
    this.workspace = workspace;
    this.store = store;
  }

  /**
   * One attempt.
   *
   * @param change the event, by its place in the feed
   * @param at when it began
   * @param status of HTTP, 0 when there was no answer
   * @param outcome delivered, gone, refused, timeout, unreachable or forbidden-address
   */
  public record Attempt(
      long seq,
      long change,
      String type,
      Instant at,
      Duration duration,
      int status,
      String outcome) {}

  /** Adds an attempt; its seq is not used. */
  void add(Transaction tx, String subscription, Attempt attempt) throws SQLException {
    tx.update(
        "INSERT INTO subscription_attempt"
            + " (workspace, subscription_id, change_seq, type, at, duration_ms, status, outcome)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        workspace,
        subscription,
        attempt.change(),
        attempt.type(),
        attempt.at().toEpochMilli(),
        attempt.duration().toMillis(),
        attempt.status(),
        attempt.outcome());
  }

  /** Attempts of a subscription before a place, newest first. */
  public List<Attempt> before(String subscription, long seq, int limit) {
    return store.read(
        tx ->
            tx.list(
                SubscriptionLog::read,
                "SELECT * FROM subscription_attempt WHERE workspace = ? AND subscription_id = ? AND seq < ?"
                    + " ORDER BY seq DESC LIMIT ?",
                workspace,
                subscription,
                seq,
                limit));
  }

  /** Deletes attempts that began before a moment; answers how many. */
  public int prune(Transaction tx, long before, int limit) throws SQLException {
    return tx.update(
        "DELETE FROM subscription_attempt WHERE seq IN (SELECT seq FROM subscription_attempt"
            + " WHERE workspace = ? AND at < ? ORDER BY at LIMIT ?)",
        workspace,
        before,
        limit);
  }

  private static Attempt read(Transaction.Row row) throws SQLException {
    return new Attempt(
        row.number("seq"),
        row.number("change_seq"),
        row.text("type"),
        row.time("at"),
        Duration.ofMillis(row.number("duration_ms")),
        (int) row.number("status"),
        row.text("outcome"));
  }
}
