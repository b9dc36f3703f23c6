package io.omnihub.core.timeline;

import io.omnihub.api.model.Conversation.Owner;
import io.omnihub.api.model.Conversation.Status;
import io.omnihub.core.store.Json;
import io.omnihub.core.store.Like;
import io.omnihub.core.store.Recent;
import io.omnihub.core.store.Shared;
import io.omnihub.core.store.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The table of conversations. In a writing transaction rows are read once and written once a batch.
 */
public final class Conversations {
  private static final int REMEMBERED = 10_000;

  private final String workspace;
  private final Recent<String, ConversationRow> recent = new Recent<>(REMEMBERED);
  private final Recent<String, String> openOf = new Recent<>(REMEMBERED);

  private final Shared<String, ConversationRow> shared = new Shared<>(REMEMBERED);

  /** Rows that the current batch has changed and not written yet; the writer's thread's own. */
  private final Map<String, ConversationRow> changed = new LinkedHashMap<>();

  public Conversations(String workspace) {
    this.workspace = workspace;
  }

  public Optional<ConversationRow> find(Transaction tx, String id) throws SQLException {
    Optional<ConversationRow> known = tx.writing() ? changed(id) : shared.get(tx, id);
    if (known.isEmpty()) {
      known = recent.get(tx, id);
    }
    return known.isPresent()
        ? known
        : remembered(
            tx,
            tx.first(
                Conversations::read,
                "SELECT * FROM conversation WHERE workspace = ? AND id = ?",
                workspace,
                id));
  }

  private Optional<ConversationRow> changed(String id) {
    return Optional.ofNullable(changed.get(id));
  }

  private Optional<ConversationRow> remembered(Transaction tx, Optional<ConversationRow> found) {
    found.ifPresent(row -> recent.put(tx, row.id(), row));
    return found;
  }

  /** The conversation of a contact that is not closed, among those kept by contact. */
  public Optional<ConversationRow> openOf(Transaction tx, String contact) throws SQLException {
    Optional<String> id = openOf.get(tx, contact);
    if (id.isPresent()) {
      return find(tx, id.get());
    }
    tx.flush();
    Optional<ConversationRow> open =
        remembered(
            tx,
            tx.first(
                Conversations::read,
                "SELECT * FROM conversation WHERE workspace = ? AND contact_id = ? AND thread_key = ''"
                    + " AND status <> 'closed'",
                workspace,
                contact));
    open.ifPresent(row -> openOf.put(tx, contact, row.id()));
    return open;
  }

  /** The newest conversation of a contact kept by contact, whatever its status. */
  public Optional<ConversationRow> newestOf(Transaction tx, String contact) throws SQLException {
    tx.flush();
    return remembered(
        tx,
        tx.first(
            Conversations::read,
            "SELECT * FROM conversation WHERE workspace = ? AND contact_id = ? AND thread_key = '' ORDER BY id DESC LIMIT 1",
            workspace,
            contact));
  }

  public Optional<ConversationRow> ofThread(Transaction tx, String threadKey) throws SQLException {
    tx.flush();
    return remembered(
        tx,
        tx.first(
            Conversations::read,
            "SELECT * FROM conversation WHERE workspace = ? AND thread_key = ?",
            workspace,
            threadKey));
  }

  /** Adds a conversation. */
  public void insert(Transaction tx, ConversationRow row) throws SQLException {
    if (changed.values().stream().anyMatch(other -> other.contactId().equals(row.contactId()))) {
      tx.flush();
    }
    tx.updateLater(
        "INSERT INTO conversation (workspace, id, contact_id, thread_key, account, channel, subject, subject_folded,"
            + " language, chain, opened_at, status, handler_kind, handler_id, epoch, tags, attributes)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        workspace,
        row.id(),
        row.contactId(),
        row.threadKey(),
        row.account(),
        row.channel(),
        row.subject(),
        row.subject() == null ? null : Like.fold(row.subject()),
        row.language(),
        Json.write(row.chain()),
        row.openedAt().toEpochMilli(),
        word(row.status()),
        word(row.owner().kind()),
        row.owner().id(),
        row.epoch(),
        Json.write(row.tags()),
        Json.write(row.attributes()));
    keep(tx, row);
    if (row.threadKey().isEmpty() && row.status() != Status.CLOSED) {
      openOf.put(tx, row.contactId(), row.id());
    }
  }

  /** What happens to a row; more than one change in a batch is one update of the database. */
  private void edit(Transaction tx, String id, Consumer<ConversationEdit> change)
      throws SQLException {
    Optional<ConversationRow> row = find(tx, id);
    if (row.isPresent()) {
      ConversationEdit edit = new ConversationEdit(row.get());
      change.accept(edit);
      keep(tx, edit.row());
    }
  }

  private void keep(Transaction tx, ConversationRow row) {
    changed.put(row.id(), row);
    recent.put(tx, row.id(), row);
    tx.onRollback(this, changed::clear);
    tx.beforeCommit(this, () -> writeChanged(tx));
  }

  private void writeChanged(Transaction tx) {
    for (ConversationRow row : changed.values()) {
      tx.updateLater(
          "UPDATE conversation SET status = ?, handler_kind = ?, handler_id = ?, epoch = ?, queue = ?, assignee = ?,"
              + " account = ?, channel = ?, tags = ?, attributes = ?, last_message_id = ?, unread = ?, turn_cursor = ?,"
              + " last_inbound = ?, last_message_at = ?, first_response_at = ?, closed_at = ?"
              + " WHERE workspace = ? AND id = ?",
          word(row.status()),
          word(row.owner().kind()),
          row.owner().id(),
          row.epoch(),
          row.queue(),
          row.assignee(),
          row.account(),
          row.channel(),
          Json.write(row.tags()),
          Json.write(row.attributes()),
          row.lastMessageId(),
          row.unread(),
          row.turnCursor(),
          row.lastInbound(),
          millis(row.lastMessageAt()),
          millis(row.firstResponseAt()),
          millis(row.closedAt()),
          workspace,
          row.id());
      shared.put(tx, row.id(), row);
    }
    changed.clear();
  }

  private static Long millis(Instant instant) {
    return instant == null ? null : instant.toEpochMilli();
  }

  /**
   * Gives control to a new owner under a new epoch. What waits in a queue is open and unread,
   * whoever wrote last.
   */
  public void setOwner(Transaction tx, String id, Owner owner, String queue, String assignee)
      throws SQLException {
    edit(tx, id, row -> row.ownedBy(owner, queue, assignee));
  }

  /** What the customer said: which message, where, when, and its position. */
  public record Said(String message, String account, String channel, Instant at, long position) {}

  /** The customer wrote: the conversation is open, and continues on this account. */
  public void customerWrote(Transaction tx, String id, Said said) throws SQLException {
    edit(tx, id, row -> row.customerWrote(said));
  }

  /** Something was added that changes neither who has to act nor what is unread. */
  public void noticed(Transaction tx, String id, String message, Instant at) throws SQLException {
    edit(tx, id, row -> row.noticed(message, at));
  }

  /** The hub's side answered: the customer has to act. */
  public void answered(Transaction tx, String id, String message, Instant at) throws SQLException {
    edit(tx, id, row -> row.answered(message, at));
  }

  /** Closes it; a new epoch makes late answers stale. */
  public void close(Transaction tx, String id, Instant at) throws SQLException {
    edit(tx, id, row -> row.closed(at));
    find(tx, id).ifPresent(row -> openOf.forget(row.contactId()));
  }

  /** A backend has dealt with everything up to a position. */
  public void setTurnCursor(Transaction tx, String id, long position) throws SQLException {
    edit(tx, id, row -> row.dealtWith(position));
  }

  public void setTags(Transaction tx, String id, List<String> tags) throws SQLException {
    edit(tx, id, row -> row.tagged(tags));
  }

  public void setAttributes(Transaction tx, String id, Map<String, Object> attributes)
      throws SQLException {
    edit(tx, id, row -> row.attributed(attributes));
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
        row.number("last_inbound"),
        row.time("opened_at"),
        row.time("last_message_at"),
        row.time("first_response_at"),
        row.time("closed_at"));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
