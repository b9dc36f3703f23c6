package io.omnihub.core.conversation;

import io.omnihub.api.model.Author;
import io.omnihub.api.model.DeliveryStatus;
import io.omnihub.api.model.InboundEvent.MessageEchoed;
import io.omnihub.api.model.Message;
import io.omnihub.api.model.Message.Direction;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.Sender;
import io.omnihub.core.identity.Contacts;
import io.omnihub.core.plugin.ChannelInfo;
import io.omnihub.core.store.Transaction;
import io.omnihub.core.timeline.Messages;
import io.omnihub.core.timeline.StoredMessage;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Messages that a channel shows going out. Our own are recognised, by their id or, while the answer
 * to a send is still open, by their words; the others were typed in the provider's application and
 * are kept as such.
 */
final class Echoes {
  private static final int LOOK_BACK = 20;

  private final Rooms rooms;
  private final Admission admission;
  private final Deliveries deliveries;

  Echoes(Rooms rooms, Admission admission, Deliveries deliveries) {
    this.rooms = rooms;
    this.admission = admission;
    this.deliveries = deliveries;
  }

  void apply(Transaction tx, ChannelInfo account, MessageEchoed event, Instant receivedAt)
      throws SQLException {
    if (rooms.timeline().providerIds().message(tx, account.id(), event.providerId()).isPresent()) {
      return;
    }
    Contacts.Known known =
        rooms.contacts().resolve(tx, account.id(), account.region(), Sender.of(event.sender()));
    Optional<Message> ours = ours(tx, account, known, event.parts());
    if (ours.isPresent()) {
      String id = ours.get().id();
      rooms
          .timeline()
          .providerIds()
          .add(tx, account.id(), event.providerId(), id, DeliveryStatus.SENT);
      rooms.timeline().messages().setSeen(tx, id, event.providerId(), event.at());
      deliveries.settle(tx, id, DeliveryStatus.SENT);
      return;
    }
    foreign(tx, account, event, known, receivedAt);
  }

  private Optional<Message> ours(
      Transaction tx, ChannelInfo account, Contacts.Known known, List<Part> parts)
      throws SQLException {
    return rooms
        .timeline()
        .messages()
        .newestOfIdentity(tx, known.identityId(), account.id(), LOOK_BACK)
        .stream()
        .map(StoredMessage::message)
        .filter(
            message -> message.direction() == Direction.OUTBOUND && message.providerId() == null)
        .filter(
            message ->
                message.status() == DeliveryStatus.QUEUED
                    || message.status() == DeliveryStatus.UNCERTAIN)
        .filter(message -> words(message.parts()).equals(words(parts)))
        .findFirst();
  }

  private static String words(List<Part> parts) {
    StringBuilder words = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof Part.Text text) {
        words.append(text.text().strip()).append('\n');
      }
    }
    return words.toString();
  }

  private void foreign(
      Transaction tx,
      ChannelInfo account,
      MessageEchoed event,
      Contacts.Known known,
      Instant receivedAt)
      throws SQLException {
    String conversation =
        admission.admit(tx, account, known, event.threading(), false).conversation().id();
    Message message =
        new Message(
            rooms.ids().next(),
            conversation,
            known.contactId(),
            account.id(),
            account.channel(),
            Direction.OUTBOUND,
            new Author(Author.Kind.AGENT, "provider-app", ""),
            event.parts(),
            null,
            event.threading().key().isEmpty() ? null : event.threading().key(),
            event.providerId(),
            event.at(),
            receivedAt,
            null,
            null,
            DeliveryStatus.SENT,
            null,
            List.of(),
            Map.of("origin", "provider-app"));
    rooms
        .timeline()
        .messages()
        .insert(
            tx,
            message,
            known.identityId(),
            event.address(),
            Messages.Origin.at(rooms.clock().instant()));
    rooms
        .timeline()
        .providerIds()
        .add(tx, account.id(), event.providerId(), message.id(), DeliveryStatus.SENT);
    rooms.timeline().conversations().answered(tx, conversation, message.id(), receivedAt);
    rooms.timeline().announce(tx, "message.sent", message);
  }
}
