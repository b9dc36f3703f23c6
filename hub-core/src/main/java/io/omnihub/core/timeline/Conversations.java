package io.omnihub.core.timeline;

import io.omnihub.api.model.Conversation.Owner;
import io.omnihub.api.model.Conversation.Status;
import io.omnihub.core.store.Json;
import io.omnihub.core.store.Like;
import io.omnihub.core.store.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The table of conversations. */
public final class Conversations {
  private final String workspace;

  public Conversations(String workspace) {
    this.workspace = workspace;
  }

  public Optional<ConversationRow> find(Transaction tx, String id) throws SQLException {
    return tx.first(
        Conversations::read,
        "SELECT * FROM conversation WHERE workspace = ? AND id = ?",
        workspace,
        id);
  }

  /** The conversation of a contact that is not closed, among those kept by contact. */
  public Optional<ConversationRow> openOf(Transaction tx, String contact) throws SQLException {
    return tx.first(
        Conversations::read,
        "SELECT * FROM conversation WHERE workspace = ? AND contact_id = ? AND thread_key = '' AND status <> 'closed'",
        workspace,
        contact);
  }

  /** The newest conversation of a contact kept by contact, whatever its status. */
  public Optional<ConversationRow> newestOf(Transaction tx, String contact) throws SQLException {
    return tx.first(
        Conversations::read,
        "SELECT * FROM conversation WHERE workspace = ? AND contact_id = ? AND thread_key = '' ORDER BY id DESC LIMIT 1",
        workspace,
        contact);
  }

  public Optional<ConversationRow> ofThread(Transaction tx, String threadKey) throws SQLException {
    return tx.first(
        Conversations::read,
        "SELECT * FROM conversation WHERE workspace = ? AND thread_key = ?",
        workspace,
        threadKey);
  }

  public void insert(Transaction tx, ConversationRow row) throws SQLException {
    tx.update(
        "INSERT INTO conversation (workspace, id, contact_id, thread_key, status, handler_kind, handler_id, epoch, chain, queue,"
            + " account, channel, subject, subject_folded, language, tags, attributes, opened_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        workspace,
        row.id(),
        row.contactId(),
        row.threadKey(),
        word(row.status()),
        word(row.owner().kind()),
        row.owner().id(),
        row.epoch(),
        Json.write(row.chain()),
        row.queue(),
        row.account(),
        row.channel(),
        row.subject(),
        row.subject() == null ? null : Like.fold(row.subject()),
        row.language(),
        Json.write(row.tags()),
        Json.write(row.attributes()),
        row.openedAt().toEpochMilli());
  }

  /**
   * Gives control to a new owner under a new epoch. What waits in a queue is open and unread,
   * whoever wrote last.
   */
  public void setOwner(Transaction tx, String id, Owner owner, String queue, String assignee)
      throws SQLException {
    boolean waits = owner.kind() == Owner.Kind.QUEUE;
    tx.update(
        "UPDATE conversation SET handler_kind = ?, handler_id = ?, epoch = epoch + 1, queue = ?, assignee = ?,"
            + " status = CASE WHEN ? AND status = 'waiting' THEN 'open' ELSE status END,"
            + " unread = CASE WHEN ? THEN max(unread, 1) ELSE unread END WHERE workspace = ? AND id = ?",
        word(owner.kind()),
        owner.id(),
        queue,
        assignee,
        waits,
        waits,
        workspace,
        id);
  }

  /** The customer wrote: the conversation is open, and continues on this account. */
  public void customerWrote(
      Transaction tx,
      String id,
      String message,
      String account,
      String channel,
      Instant at,
      boolean countUnread)
      throws SQLException {
    tx.update(
        "UPDATE conversation SET status = 'open', closed_at = NULL, last_message_id = ?, last_message_at = ?, account = ?,"
            + " channel = ?, unread = unread + ? WHERE workspace = ? AND id = ?",
        message,
        at.toEpochMilli(),
        account,
        channel,
        countUnread ? 1 : 0,
        workspace,
        id);
  }

  /** Something was added that changes neither who has to act nor what is unread. */
  public void noticed(Transaction tx, String id, String message, Instant at) throws SQLException {
    tx.update(
        "UPDATE conversation SET last_message_id = ?, last_message_at = ? WHERE workspace = ? AND id = ?",
        message,
        at.toEpochMilli(),
        workspace,
        id);
  }

  /** The hub's side answered: the customer has to act. */
  public void answered(Transaction tx, String id, String message, Instant at) throws SQLException {
    tx.update(
        "UPDATE conversation SET status = 'waiting', last_message_id = ?, last_message_at = ?, unread = 0,"
            + " first_response_at = coalesce(first_response_at, ?) WHERE workspace = ? AND id = ?",
        message,
        at.toEpochMilli(),
        at.toEpochMilli(),
        workspace,
        id);
  }

  /** Closes it; a new epoch makes late answers stale. */
  public void close(Transaction tx, String id, Instant at) throws SQLException {
    tx.update(
        "UPDATE conversation SET status = 'closed', closed_at = ?, unread = 0, epoch = epoch + 1"
            + " WHERE workspace = ? AND id = ?",
        at.toEpochMilli(),
        workspace,
        id);
  }

  /** A backend has dealt with everything up to a position. */
  public void setTurnCursor(Transaction tx, String id, long position) throws SQLException {
    tx.update(
        "UPDATE conversation SET turn_cursor = ? WHERE workspace = ? AND id = ?",
        position,
        workspace,
        id);
  }

  public void setTags(Transaction tx, String id, List<String> tags) throws SQLException {
    tx.update(
        "UPDATE conversation SET tags = ? WHERE workspace = ? AND id = ?",
        Json.write(tags),
        workspace,
        id);
  }

  public void setAttributes(Transaction tx, String id, Map<String, Object> attributes)
      throws SQLException {
    tx.update(
        "UPDATE conversation SET attributes = ? WHERE workspace = ? AND id = ?",
        Json.write(attributes),
        workspace,
        id);
  }

  /**
   * What a list is narrowed to; an empty text narrows nothing.
   *
   * @param handler id of the backend, queue or agent
   * @param words part of the subject or of the contact's name
   */
  public record Filter(
      String status,
      String account,
      String channel,
      String handler,
      String assignee,
      String contact,
      String words) {}

  /** Ids of conversations, those with the newest message first. */
  public List<Listed> list(Transaction tx, Filter filter, long beforeAt, String beforeId, int limit)
      throws SQLException {
    StringBuilder sql =
        new StringBuilder(
            "SELECT v.id, coalesce(v.last_message_at, v.opened_at) AS at FROM conversation v"
                + " JOIN contact p ON p.workspace = v.workspace AND p.id = v.contact_id WHERE v.workspace = ?");
    List<Object> parameters = new ArrayList<>(List.of(workspace));
    narrow(sql, parameters, "v.status", filter.status());
    narrow(sql, parameters, "v.account", filter.account());
    narrow(sql, parameters, "v.channel", filter.channel());
    narrow(sql, parameters, "v.handler_id", filter.handler());
    narrow(sql, parameters, "v.assignee", filter.assignee());
    narrow(sql, parameters, "v.contact_id", filter.contact());
    if (!filter.words().isEmpty()) {
      sql.append(" AND (v.subject_folded LIKE ? ESCAPE '!' OR p.name_folded LIKE ? ESCAPE '!')");
      String pattern = Like.holding(filter.words());
      parameters.addAll(List.of(pattern, pattern));
    }
    if (!beforeId.isEmpty()) {
      sql.append(
          " AND (coalesce(v.last_message_at, v.opened_at) < ?"
              + " OR (coalesce(v.last_message_at, v.opened_at) = ? AND v.id < ?))");
      parameters.addAll(List.of(beforeAt, beforeAt, beforeId));
    }
    sql.append(" ORDER BY at DESC, v.id DESC LIMIT ?");
    parameters.add(limit);
    return tx.list(
        row -> new Listed(row.text("id"), row.number("at")), sql.toString(), parameters.toArray());
  }

  /** A conversation in a list, and the time by which it is sorted. */
  public record Listed(String id, long at) {}

  private static void narrow(
      StringBuilder sql, List<Object> parameters, String column, String value) {
    if (!value.isEmpty()) {
      sql.append(" AND ").append(column).append(" = ?");
      parameters.add(value);
    }
  }

  private static ConversationRow read(Transaction.Row row) throws SQLException {
    return new ConversationRow(
        row.text("id"),
        row.text("contact_id"),
        row.text("thread_key"),
        Status.valueOf(row.text("status").toUpperCase(Locale.ROOT)),
        new Owner(
            Owner.Kind.valueOf(row.text("handler_kind").toUpperCase(Locale.ROOT)),
            row.text("handler_id")),
        row.number("epoch"),
        Json.texts(row.text("chain")),
        row.nullableText("queue"),
        row.nullableText("assignee"),
        row.text("account"),
        row.text("channel"),
        row.nullableText("subject"),
        row.nullableText("language"),
        Json.texts(row.text("tags")),
        Json.map(row.text("attributes")),
        row.nullableText("last_message_id"),
        (int) row.number("unread"),
        row.number("turn_cursor"),
        row.time("opened_at"),
        row.time("last_message_at"),
        row.time("first_response_at"),
        row.time("closed_at"));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
