package io.omnihub.core.journal;

import io.omnihub.core.store.Aged;
import io.omnihub.core.store.Transaction;
import java.sql.SQLException;

/**
 * Deletes old facts and raw payloads. What is not applied yet, and what an open dead letter refers
 * to, stays however old it is. Ages are the same in all workspaces, so the statements name none:
 * with one they would take the index of the keys and sort the whole table.
 */
public final class JournalPruning {
  static final String FACTS =
      "DELETE FROM journal WHERE seq IN (SELECT seq FROM journal"
          + " WHERE seq <= ? AND applied_at IS NOT NULL AND seq NOT IN"
          + " (SELECT journal_seq FROM dead_letter WHERE state = 'open' AND journal_seq IS NOT NULL)"
          + " ORDER BY seq LIMIT ?)";
  static final String RAW_PAYLOADS =
      "DELETE FROM raw_payload WHERE seq IN (SELECT seq FROM raw_payload"
          + " WHERE seq <= ? AND seq NOT IN"
          + " (SELECT raw_seq FROM dead_letter WHERE state = 'open' AND raw_seq IS NOT NULL)"
          + " AND seq NOT IN"
          + " (SELECT raw_seq FROM journal WHERE applied_at IS NULL AND raw_seq IS NOT NULL)"
          + " ORDER BY seq LIMIT ?)";

  private JournalPruning() {}

  /** Deletes applied facts that are older than a moment, oldest first; answers how many. */
  public static int facts(Transaction tx, long before, int limit) throws SQLException {
    return tx.update(FACTS, Aged.upTo(tx, "journal", "received_at", before), limit);
  }

  /** Deletes raw payloads that are older than a moment, oldest first; answers how many. */
  public static int rawPayloads(Transaction tx, long before, int limit) throws SQLException {
    return tx.update(RAW_PAYLOADS, Aged.upTo(tx, "raw_payload", "received_at", before), limit);
  }
}
