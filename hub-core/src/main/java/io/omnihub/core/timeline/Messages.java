package io.omnihub.core.timeline;

import com.fasterxml.jackson.core.type.TypeReference;
import io.omnihub.api.model.Author;
import io.omnihub.api.model.DeliveryStatus;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Message;
import io.omnihub.api.model.Message.Direction;
import io.omnihub.api.model.Message.Reaction;
import io.omnihub.api.model.Part;
import io.omnihub.core.store.Json;
import io.omnihub.core.store.Shared;
import io.omnihub.core.store.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The table of messages. */
public final class Messages {
  private static final TypeReference<List<Reaction>> REACTIONS = new TypeReference<>() {};
  private static final String SELECT =
      "SELECT m.*, v.contact_id FROM message m"
          + " JOIN conversation v ON v.workspace = m.workspace AND v.id = m.conversation_id WHERE m.workspace = ?";

  private static final int REMEMBERED = 5_000;

  private final String workspace;
  private final Shared<String, StoredMessage> shared = new Shared<>(REMEMBERED);

  public Messages(String workspace) {
    this.workspace = workspace;
  }

  /**
   * Where a message comes from, inside of the hub.
   *
   * @param decidedAt when the hub took it in or decided to say it
   * @param turnUpto last position that the turn which wrote it answers; 0 when no turn did
   * @param turnBeganAt when the backend was asked; null when no turn wrote it
   */
  public record Origin(Instant decidedAt, long turnUpto, Instant turnBeganAt) {
    /** Not from a turn. */
    public static Origin at(Instant decided) {
      return new Origin(decided, 0, null);
    }
  }

  /** Adds a message; answers its position. */
  public long insert(
      Transaction tx, Message message, String identityId, String address, Origin origin)
      throws SQLException {
    long position =
        tx.number(
                "INSERT INTO message (workspace, id, conversation_id, identity_id, account, channel, direction, author_kind,"
                    + " author_id, author_name, parts, reply_to, thread, provider_id, address, sent_at, received_at, status,"
                    + " reactions, attributes, decided_at, turn_upto, turn_began_at, turn_ended_at)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '[]', ?, ?, ?, ?, ?) RETURNING position",
                workspace,
                message.id(),
                message.conversationId(),
                identityId,
                message.account(),
                message.channel(),
                word(message.direction()),
                word(message.author().kind()),
                message.author().id(),
                message.author().name(),
                Json.parts(message.parts()),
                message.replyTo(),
                message.thread(),
                message.providerId(),
                address,
                millis(message.sentAt()),
                millis(message.receivedAt()),
                word(message.status()),
                message.attributes().isEmpty() ? "{}" : Json.write(message.attributes()),
                millis(origin.decidedAt()),
                origin.turnUpto() == 0 ? null : origin.turnUpto(),
                millis(origin.turnBeganAt()),
                origin.turnUpto() == 0 ? null : millis(origin.decidedAt()))
            .orElseThrow();
    String from = identityId == null ? "" : identityId;
    shared.put(tx, message.id(), new StoredMessage(position, from, address, 0, message));
    return position;
  }

  public Optional<StoredMessage> find(Transaction tx, String id) throws SQLException {
    Optional<StoredMessage> known = shared.get(tx, id);
    if (known.isPresent()) {
      return known;
    }
    tx.flush();
    return tx.first(Messages::read, SELECT + " AND m.id = ?", workspace, id);
  }

  /** Messages of a conversation after a position, oldest first. */
  public List<StoredMessage> after(Transaction tx, String conversation, long position, int limit)
      throws SQLException {
    return tx.list(
        Messages::read,
        SELECT + " AND m.conversation_id = ? AND m.position > ? ORDER BY m.position LIMIT ?",
        workspace,
        conversation,
        position,
        limit);
  }

  /** The newest messages of a conversation before a position, oldest of them first. */
  public List<StoredMessage> before(Transaction tx, String conversation, long position, int limit)
      throws SQLException {
    return tx.list(
            Messages::read,
            SELECT
                + " AND m.conversation_id = ? AND m.position < ? ORDER BY m.position DESC LIMIT ?",
            workspace,
            conversation,
            position,
            limit)
        .reversed();
  }

  /** What was said with an identity on an account after a position, oldest first, without notes. */
  public List<StoredMessage> ofIdentity(
      Transaction tx, String identity, String account, long position, int limit)
      throws SQLException {
    return tx.list(
        Messages::read,
        SELECT
            + " AND m.identity_id = ? AND m.account = ? AND m.position > ? AND m.direction <> 'note'"
            + " ORDER BY m.position LIMIT ?",
        workspace,
        identity,
        account,
        position,
        limit);
  }

  /**
   * The newest of what was said with an identity on an account, oldest of them first, without
   * notes.
   */
  public List<StoredMessage> newestOfIdentity(
      Transaction tx, String identity, String account, int limit) throws SQLException {
    tx.flush();
    return tx.list(
            Messages::read,
            SELECT
                + " AND m.identity_id = ? AND m.account = ? AND m.direction <> 'note'"
                + " ORDER BY m.position DESC LIMIT ?",
            workspace,
            identity,
            account,
            limit)
        .reversed();
  }

  /** Messages across conversations, newest first; an empty text narrows nothing. */
  public List<StoredMessage> across(
      Transaction tx, String status, String account, long before, int limit) throws SQLException {
    return tx.list(
        Messages::read,
        SELECT
            + " AND (? = '' OR m.status = ?) AND (? = '' OR m.account = ?) AND m.position < ?"
            + " ORDER BY m.position DESC LIMIT ?",
        workspace,
        status,
        status,
        account,
        account,
        before,
        limit);
  }

  /** Position of the last answer of the hub's side, 0 when there is none. */
  public long lastOutbound(Transaction tx, String conversation) throws SQLException {
    tx.flush();
    return tx.number(
            "SELECT position FROM message WHERE workspace = ? AND conversation_id = ? AND direction = 'outbound'"
                + " ORDER BY position DESC LIMIT 1",
            workspace,
            conversation)
        .orElse(0L);
  }

  /** The last message that went out to an identity on an account. */
  public Optional<StoredMessage> lastTo(Transaction tx, String identity, String account)
      throws SQLException {
    tx.flush();
    return tx.first(
        Messages::read,
        SELECT
            + " AND m.identity_id = ? AND m.account = ? AND m.direction = 'outbound' ORDER BY m.position DESC LIMIT 1",
        workspace,
        identity,
        account);
  }

  /** Provider's ids of a conversation's messages on an account up to a position, oldest first. */
  public List<String> providerIds(
      Transaction tx, String conversation, String account, long position, int limit)
      throws SQLException {
    List<String> newestFirst =
        tx.list(
            row -> row.text("provider_id"),
            "SELECT provider_id FROM message WHERE workspace = ? AND conversation_id = ? AND account = ? AND position < ?"
                + " AND provider_id IS NOT NULL ORDER BY position DESC LIMIT ?",
            workspace,
            conversation,
            account,
            position,
            limit);
    return newestFirst.reversed();
  }

  public void setStatus(
      Transaction tx, String id, DeliveryStatus status, Failure failure, Instant at) {
    shared.forget(tx, id);
    boolean read = status == DeliveryStatus.READ;
    boolean delivered = read || status == DeliveryStatus.DELIVERED;
    tx.updateLater(
        "UPDATE message SET status = ?, failure_code = ?, failure_detail = ?, delivered_at = coalesce(delivered_at, ?),"
            + " read_at = coalesce(read_at, ?), failed_at = coalesce(?, failed_at) WHERE workspace = ? AND id = ?",
        word(status),
        failure == null ? null : failure.code().name(),
        failure == null ? null : failure.detail(),
        delivered ? millis(at) : null,
        read ? millis(at) : null,
        status == DeliveryStatus.FAILED ? millis(at) : null,
        workspace,
        id);
  }

  /**
   * A piece of a message that the provider took.
   *
   * @param providerId the provider's id, null when it gave none
   * @param pieces how many pieces it has taken by now
   * @param status how far the message is
   */
  public record Sent(
      String providerId, Instant beganAt, Instant at, int pieces, DeliveryStatus status) {}

  /** Notes what the provider took; the id and the times of the first piece stay. */
  public void setSent(Transaction tx, String id, Sent sent) {
    shared.forget(tx, id);
    tx.updateLater(
        "UPDATE message SET provider_id = coalesce(provider_id, ?), sent_at = coalesce(sent_at, ?),"
            + " send_began_at = coalesce(send_began_at, ?), pieces_sent = ?, status = ?, failure_code = NULL,"
            + " failure_detail = NULL WHERE workspace = ? AND id = ?",
        sent.providerId(),
        sent.at().toEpochMilli(),
        millis(sent.beganAt()),
        sent.pieces(),
        word(sent.status()),
        workspace,
        id);
  }

  /** Notes the provider's id of a message that went out, seen from outside. */
  public void setSeen(Transaction tx, String id, String providerId, Instant at) {
    shared.forget(tx, id);
    tx.updateLater(
        "UPDATE message SET provider_id = coalesce(provider_id, ?), sent_at = coalesce(sent_at, ?)"
            + " WHERE workspace = ? AND id = ?",
        providerId,
        at.toEpochMilli(),
        workspace,
        id);
  }

  /** Gives a message new content and keeps the old one. */
  public void edit(Transaction tx, StoredMessage old, List<Part> parts, Instant at)
      throws SQLException {
    shared.forget(tx, old.message().id());
    tx.update(
        "INSERT INTO message_version (workspace, message_id, at, parts) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        workspace,
        old.message().id(),
        at.toEpochMilli(),
        Json.parts(old.message().parts()));
    tx.update(
        "UPDATE message SET parts = ?, edited_at = ? WHERE workspace = ? AND id = ?",
        Json.parts(parts),
        at.toEpochMilli(),
        workspace,
        old.message().id());
  }

  /** Replaces references to content outside of the hub by the content that was fetched. */
  public void replaceParts(Transaction tx, String id, List<Part> parts) throws SQLException {
    shared.forget(tx, id);
    tx.update(
        "UPDATE message SET parts = ? WHERE workspace = ? AND id = ?",
        Json.parts(parts),
        workspace,
        id);
  }

  public void markDeleted(Transaction tx, String id, Instant at) throws SQLException {
    shared.forget(tx, id);
    tx.update(
        "UPDATE message SET deleted_at = ? WHERE workspace = ? AND id = ?",
        at.toEpochMilli(),
        workspace,
        id);
  }

  /** What somebody's reactions to a message are now. */
  public void setReactions(Transaction tx, StoredMessage message, String by, List<String> emojis)
      throws SQLException {
    shared.forget(tx, message.message().id());
    List<Reaction> all = new ArrayList<>(message.message().reactions());
    all.removeIf(reaction -> reaction.by().equals(by));
    emojis.forEach(emoji -> all.add(new Reaction(by, emoji)));
    tx.update(
        "UPDATE message SET reactions = ? WHERE workspace = ? AND id = ?",
        Json.write(all),
        workspace,
        message.message().id());
  }

  private static StoredMessage read(Transaction.Row row) throws SQLException {
    String code = row.text("failure_code");
    Failure failure =
        code.isEmpty() ? null : Failure.of(Failure.Code.valueOf(code), row.text("failure_detail"));
    Message message =
        new Message(
            row.text("id"),
            row.text("conversation_id"),
            row.text("contact_id"),
            row.text("account"),
            row.text("channel"),
            Direction.valueOf(row.text("direction").toUpperCase(Locale.ROOT)),
            new Author(
                Author.Kind.valueOf(row.text("author_kind").toUpperCase(Locale.ROOT)),
                row.text("author_id"),
                row.text("author_name")),
            Json.parts(row.text("parts")),
            row.nullableText("reply_to"),
            row.nullableText("thread"),
            row.nullableText("provider_id"),
            row.time("sent_at"),
            row.time("received_at"),
            row.time("edited_at"),
            row.time("deleted_at"),
            DeliveryStatus.valueOf(row.text("status").toUpperCase(Locale.ROOT)),
            failure,
            Json.read(row.text("reactions"), REACTIONS),
            Json.map(row.text("attributes")));
    return new StoredMessage(
        row.number("position"),
        row.text("identity_id"),
        row.text("address"),
        (int) row.number("pieces_sent"),
        message);
  }

  private static Long millis(Instant instant) {
    return instant == null ? null : instant.toEpochMilli();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
