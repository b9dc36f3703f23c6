package io.omnihub.core.conversation;

import io.omnihub.api.model.Conversation.Owner;
import io.omnihub.api.model.Conversation.Status;
import io.omnihub.api.model.Threading;
import io.omnihub.core.identity.Contacts;
import io.omnihub.core.plugin.ChannelInfo;
import io.omnihub.core.store.Transaction;
import io.omnihub.core.timeline.ConversationRow;
import io.omnihub.core.timeline.StoredMessage;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the conversation that a message belongs to, or opens one. By contact: the open conversation
 * of the person. By thread: the one that a verified token names, else the one of a message that it
 * refers to, else the one of the channel's own thread; never by subject.
 */
final class Admission {
  private final Rooms rooms;
  private final Control control;

  Admission(Rooms rooms, Control control) {
    this.rooms = rooms;
    this.control = control;
  }

  /**
   * The place of a message.
   *
   * @param opened whether the conversation was made for it
   */
  record Admitted(ConversationRow conversation, boolean opened) {}

  /**
   * Admits a message.
   *
   * @param automatic written by a machine: it goes where it belongs but opens no work for anybody
   */
  Admitted admit(
      Transaction tx,
      ChannelInfo account,
      Contacts.Known who,
      Threading threading,
      boolean automatic)
      throws SQLException {
    String contact = who.contactId();
    Optional<ConversationRow> present =
        account.threaded() ? byThread(tx, account, threading) : byContact(tx, who, automatic);
    return present.isPresent()
        ? new Admitted(present.get(), false)
        : new Admitted(open(tx, account, contact, threading, automatic), true);
  }

  private Optional<ConversationRow> byContact(Transaction tx, Contacts.Known who, boolean automatic)
      throws SQLException {
    if (who.created()) {
      return Optional.empty();
    }
    String contact = who.contactId();
    Optional<ConversationRow> open = rooms.timeline().conversations().openOf(tx, contact);
    return open.isEmpty() && automatic
        ? rooms.timeline().conversations().newestOf(tx, contact)
        : open;
  }

  private Optional<ConversationRow> byThread(
      Transaction tx, ChannelInfo account, Threading threading) throws SQLException {
    if (!threading.conversationId().isEmpty()) {
      Optional<ConversationRow> named =
          rooms.timeline().conversations().find(tx, threading.conversationId());
      if (named.isPresent()) {
        return named;
      }
    }
    for (String reference : threading.references()) {
      Optional<ConversationRow> referred = ofMessage(tx, account.id(), reference);
      if (referred.isPresent()) {
        return referred;
      }
    }
    return threading.key().isEmpty()
        ? Optional.empty()
        : rooms.timeline().conversations().ofThread(tx, threadKey(account, threading.key()));
  }

  private Optional<ConversationRow> ofMessage(Transaction tx, String account, String providerId)
      throws SQLException {
    Optional<String> message = rooms.timeline().providerIds().message(tx, account, providerId);
    if (message.isEmpty()) {
      return Optional.empty();
    }
    Optional<StoredMessage> stored = rooms.timeline().messages().find(tx, message.get());
    return stored.isEmpty()
        ? Optional.empty()
        : rooms.timeline().conversations().find(tx, stored.get().message().conversationId());
  }

  private ConversationRow open(
      Transaction tx, ChannelInfo account, String contact, Threading threading, boolean automatic)
      throws SQLException {
    String id = rooms.ids().next();
    List<String> chain = rooms.directory().chain(account.id());
    Owner owner = control.firstOwner(chain);
    String threadKey = "";
    if (account.threaded()) {
      threadKey =
          threading.key().isEmpty() ? "conversation " + id : threadKey(account, threading.key());
    }
    ConversationRow row =
        new ConversationRow(
            id,
            contact,
            threadKey,
            automatic ? Status.CLOSED : Status.OPEN,
            owner,
            1,
            chain,
            owner.kind() == Owner.Kind.QUEUE ? owner.id() : null,
            null,
            account.id(),
            account.channel(),
            threading.subject().isEmpty() ? null : threading.subject(),
            account.language().isEmpty() ? null : account.language(),
            automatic ? List.of("automatic") : List.of(),
            Map.of(),
            null,
            0,
            0,
            0,
            rooms.clock().instant(),
            null,
            null,
            null);
    rooms.timeline().conversations().insert(tx, row);
    return row;
  }

  private static String threadKey(ChannelInfo account, String key) {
    return account.id() + " " + key;
  }
}
