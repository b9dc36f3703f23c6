package io.omnihub.core.timeline;

import io.omnihub.api.model.Conversation;
import io.omnihub.api.model.DeliveryStatus;
import io.omnihub.api.model.Message;
import io.omnihub.core.identity.Contacts;
import io.omnihub.core.store.Transaction;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/** Conversations, and what changes are about, as the outside sees them. */
final class Views {
  private final Conversations conversations;
  private final Messages messages;
  private final Contacts contacts;

  Views(Conversations conversations, Messages messages, Contacts contacts) {
    this.conversations = conversations;
    this.messages = messages;
    this.contacts = contacts;
  }

  Optional<Conversation> conversation(Transaction tx, String id) throws SQLException {
    Optional<ConversationRow> row = conversations.find(tx, id);
    return row.isEmpty() ? Optional.empty() : Optional.of(conversation(tx, row.get()));
  }

  private Conversation conversation(Transaction tx, ConversationRow row) throws SQLException {
    Message last =
        row.lastMessageId() == null
            ? null
            : messages.find(tx, row.lastMessageId()).map(StoredMessage::message).orElse(null);
    return conversation(row, last);
  }

  /** A conversation of which the last message is known. */
  static Conversation conversation(ConversationRow row, Message last) {
    return new Conversation(
        row.id(),
        row.contactId(),
        row.status(),
        row.owner(),
        row.epoch(),
        row.queue(),
        row.assignee(),
        row.account(),
        row.channel(),
        row.subject(),
        row.language(),
        row.tags(),
        row.attributes(),
        last,
        row.unread(),
        row.openedAt(),
        row.lastMessageAt(),
        row.firstResponseAt(),
        row.closedAt());
  }

  /**
   * What a change is about, as it is now; a message is shown as far as the change says. What is no
   * longer there is shown by its id.
   */
  Map<String, Object> subject(Transaction tx, String type, String id) throws SQLException {
    String kind = type.substring(0, type.indexOf('.'));
    Optional<?> found =
        switch (kind) {
          case "message" ->
              messages.find(tx, id).map(stored -> asAnnounced(stored.message(), type));
          case "contact" -> contacts.contact(tx, id);
          default -> conversation(tx, id);
        };
    return Map.of(kind, found.isPresent() ? found.get() : Map.of("id", id));
  }

  private static Message asAnnounced(Message message, String type) {
    return switch (type) {
      case "message.sent" -> message.withStatus(DeliveryStatus.SENT);
      case "message.delivered" -> message.withStatus(DeliveryStatus.DELIVERED);
      default -> message;
    };
  }
}
