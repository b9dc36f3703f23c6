package io.omnihub.core.timeline;

import io.omnihub.api.model.Conversation;
import io.omnihub.api.model.Conversation.Owner;
import io.omnihub.api.model.Message;
import io.omnihub.core.store.Transaction;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * All tables of a workspace's conversations together, and the conversation as the outside sees it.
 *
 * @param conversations conversations
 * @param messages their messages
 * @param providerIds what providers call the messages
 * @param legs ways to the customers
 * @param changes the feed
 * @param audit who did what
 */
public record Timeline(
    Conversations conversations,
    Messages messages,
    ProviderIds providerIds,
    Legs legs,
    Changes changes,
    Audit audit) {

  /** The tables of a workspace, whose changes nobody acts on. */
  public static Timeline of(String workspace, Clock clock) {
    return of(workspace, clock, (tx, change) -> {});
  }

  /** The tables of a workspace. */
  public static Timeline of(String workspace, Clock clock, Changes.Listener listener) {
    return new Timeline(
        new Conversations(workspace),
        new Messages(workspace),
        new ProviderIds(workspace),
        new Legs(workspace),
        new Changes(workspace, clock, listener),
        new Audit(workspace, clock));
  }

  /** A conversation as the outside sees it. */
  public Optional<Conversation> conversation(Transaction tx, String id) throws SQLException {
    Optional<ConversationRow> row = conversations.find(tx, id);
    return row.isEmpty() ? Optional.empty() : Optional.of(view(tx, row.get()));
  }

  /** Announces a change of a conversation, with what it is now. */
  public void announce(Transaction tx, String type, String id) throws SQLException {
    Optional<Conversation> now = conversation(tx, id);
    if (now.isPresent()) {
      changes.add(tx, type, now.get().account(), id, Map.of("conversation", now.get()));
    }
  }

  /** Announces a change of a message, with what it is now. */
  public void announceMessage(Transaction tx, String type, String messageId) throws SQLException {
    Optional<StoredMessage> now = messages.find(tx, messageId);
    if (now.isPresent()) {
      Message message = now.get().message();
      changes.add(
          tx, type, message.account(), message.conversationId(), Map.of("message", message));
    }
  }

  private Conversation view(Transaction tx, ConversationRow row) throws SQLException {
    Message last =
        row.lastMessageId() == null
            ? null
            : messages.find(tx, row.lastMessageId()).map(StoredMessage::message).orElse(null);
    return new Conversation(
        row.id(),
        row.contactId(),
        row.status(),
        new Owner(row.owner().kind(), row.owner().id()),
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
}
