package io.omnihub.core.timeline;

import io.omnihub.core.store.Json;
import io.omnihub.core.store.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Tells when messages passed the stages of the hub. Reads what the stages have noted; nothing is
 * kept for it alone.
 */
public final class Ways {
  private static final int MOST_ANSWERS = 50;
  private static final String SELECT =
      "SELECT id, conversation_id, position, direction, account, attributes, sent_at, received_at, decided_at, turn_upto,"
          + " turn_began_at, turn_ended_at, send_began_at, delivered_at, read_at, failed_at FROM message WHERE workspace = ?";

  private final String workspace;

  Ways(String workspace) {
    this.workspace = workspace;
  }

  /** What is noted of one message; times are null while it has not come so far. */
  private record Passed(
      String id,
      String conversation,
      long position,
      boolean inbound,
      boolean automatic,
      String account,
      Instant sentAt,
      Instant receivedAt,
      Instant decidedAt,
      Instant turnBeganAt,
      Instant turnEndedAt,
      Instant sendBeganAt,
      Instant deliveredAt,
      Instant readAt,
      Instant failedAt) {}

  /**
   * The way of a message, and of the answers of the first turn that covered it.
   *
   * @param account only answers on this account; empty for all
   */
  public Optional<Way> of(Transaction tx, String id, String account) throws SQLException {
    Optional<Passed> found = tx.first(Ways::read, SELECT + " AND id = ?", workspace, id);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Passed message = found.get();
    List<Way.Stage> stages = new ArrayList<>();
    if (message.inbound()) {
      add(stages, "sent-by-customer", message.sentAt(), null);
      add(stages, "received", message.receivedAt(), null);
    }
    add(stages, "decided", message.decidedAt(), null);
    if (message.inbound()) {
      answered(stages, answers(tx, message), account);
    } else {
      turn(stages, message);
      sending(stages, message, null);
    }
    stages.sort(Comparator.comparing(Way.Stage::at));
    return Optional.of(new Way(message.id(), stages));
  }

  private List<Passed> answers(Transaction tx, Passed message) throws SQLException {
    if (message.automatic()) {
      return List.of();
    }
    return tx.list(
        Ways::read,
        SELECT
            + " AND conversation_id = ? AND position > ? AND turn_upto = (SELECT turn_upto FROM message WHERE workspace = ?"
            + " AND conversation_id = ? AND position > ? AND direction = 'outbound' AND turn_upto >= ? ORDER BY position LIMIT 1)"
            + " ORDER BY position LIMIT ?",
        workspace,
        message.conversation(),
        message.position(),
        workspace,
        message.conversation(),
        message.position(),
        message.position(),
        MOST_ANSWERS);
  }

  private static void answered(List<Way.Stage> stages, List<Passed> answers, String account) {
    if (!answers.isEmpty()) {
      turn(stages, answers.getFirst());
    }
    for (Passed answer : answers) {
      if (account.isEmpty() || account.equals(answer.account())) {
        sending(stages, answer, answer.id());
      }
    }
  }

  private static void turn(List<Way.Stage> stages, Passed written) {
    add(stages, "turn-began", written.turnBeganAt(), null);
    add(stages, "turn-ended", written.turnEndedAt(), null);
  }

  private static void sending(List<Way.Stage> stages, Passed message, String id) {
    add(stages, "send-began", message.sendBeganAt(), id);
    add(stages, "sent", message.sentAt(), id);
    add(stages, "delivered", message.deliveredAt(), id);
    add(stages, "read", message.readAt(), id);
    add(stages, "failed", message.failedAt(), id);
  }

  private static void add(List<Way.Stage> stages, String stage, Instant at, String id) {
    if (at != null) {
      stages.add(new Way.Stage(stage, at, id));
    }
  }

  private static Passed read(Transaction.Row row) throws SQLException {
    return new Passed(
        row.text("id"),
        row.text("conversation_id"),
        row.number("position"),
        row.text("direction").equals("inbound"),
        Json.map(row.text("attributes")).containsKey("automatic"),
        row.text("account"),
        row.time("sent_at"),
        row.time("received_at"),
        row.time("decided_at"),
        row.time("turn_began_at"),
        row.time("turn_ended_at"),
        row.time("send_began_at"),
        row.time("delivered_at"),
        row.time("read_at"),
        row.time("failed_at"));
  }
}
