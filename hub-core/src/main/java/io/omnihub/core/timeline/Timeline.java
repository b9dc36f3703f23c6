package io.omnihub.core.timeline;

import io.omnihub.api.model.Conversation;
import io.omnihub.api.model.Message;
import io.omnihub.core.identity.Contacts;
import io.omnihub.core.store.Transaction;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** All tables of a workspace's conversations together, and what is announced of them. */
public final class Timeline {
  private final Conversations conversations;
  private final Messages messages;
  private final ProviderIds providerIds;
  private final Legs legs;
  private final Changes changes;
  private final Audit audit;
  private final Views views;
  private final Ways ways;

  public Timeline(String workspace, Clock clock, Contacts contacts, Changes.Listener listener) {
    conversations = new Conversations(workspace);
    messages = new Messages(workspace);
    providerIds = new ProviderIds(workspace);
    legs = new Legs(workspace);
    views = new Views(conversations, messages, contacts);
    changes = new Changes(workspace, clock, views, listener);
    audit = new Audit(workspace, clock);
    ways = new Ways(workspace);
  }

  public Conversations conversations() {
    return conversations;
  }

  public Messages messages() {
    return messages;
  }

  /** What providers call the messages. */
  public ProviderIds providerIds() {
    return providerIds;
  }

  /** Ways to the customers. */
  public Legs legs() {
    return legs;
  }

  /** The feed. */
  public Changes changes() {
    return changes;
  }

  /** Who did what. */
  public Audit audit() {
    return audit;
  }

  /** When messages passed the stages of the hub. */
  public Ways ways() {
    return ways;
  }

  /** A conversation as the outside sees it. */
  public Optional<Conversation> conversation(Transaction tx, String id) throws SQLException {
    return views.conversation(tx, id);
  }

  /** A conversation as the outside sees it, of which the last message is known. */
  public Conversation conversation(ConversationRow row, Message last) {
    return Views.conversation(row, last);
  }

  /** Announces a change of a conversation, with what it is now. */
  public void announce(Transaction tx, String type, String id) throws SQLException {
    Optional<Conversation> now = conversation(tx, id);
    if (now.isPresent()) {
      changes.add(tx, type, now.get().account(), id, Map.of("conversation", now.get()));
    }
  }

  /** Announces a change of a message. */
  public void announce(Transaction tx, String type, Message message) throws SQLException {
    changes.add(tx, type, message.account(), message.conversationId(), message.id());
  }

  /** Announces a change of a message that is known by its id only. */
  public void announceMessage(Transaction tx, String type, String messageId) throws SQLException {
    Optional<StoredMessage> now = messages.find(tx, messageId);
    if (now.isPresent()) {
      announce(tx, type, now.get().message());
    }
  }
}
