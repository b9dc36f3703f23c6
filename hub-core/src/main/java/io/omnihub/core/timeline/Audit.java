package io.omnihub.core.timeline;

import io.omnihub.core.store.Transaction;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Who did what to a conversation, append-only. */
public final class Audit {
  private final String workspace;
  private final Clock clock;

  public Audit(String workspace, Clock clock) {
    this.workspace = workspace;
    this.clock = clock;
  }

  /** One line. */
  public record Line(String actor, String action, String detail, Instant at) {}

  public void add(Transaction tx, String conversation, String actor, String action, String detail) {
    tx.updateLater(
        "INSERT INTO audit (workspace, conversation_id, actor, action, detail, at) VALUES (?, ?, ?, ?, ?, ?)",
        workspace,
        conversation,
        actor,
        action,
        detail,
        clock.millis());
  }

  /** The lines of a conversation, oldest first. */
  public List<Line> of(Transaction tx, String conversation) throws SQLException {
    return tx.list(
        row -> new Line(row.text("actor"), row.text("action"), row.text("detail"), row.time("at")),
        "SELECT * FROM audit WHERE workspace = ? AND conversation_id = ? ORDER BY seq LIMIT 1000",
        workspace,
        conversation);
  }
}
