package io.omnihub.core.conversation;

import io.omnihub.api.model.Author;
import io.omnihub.api.model.Capabilities.Feature;
import io.omnihub.api.model.Capabilities.Grade;
import io.omnihub.api.model.Conversation.Owner;
import io.omnihub.api.model.DeliveryStatus;
import io.omnihub.api.model.InboundEvent.MessageReceived;
import io.omnihub.api.model.Message;
import io.omnihub.api.model.Message.Direction;
import io.omnihub.api.model.Part;
import io.omnihub.core.identity.Contacts;
import io.omnihub.core.plugin.ChannelInfo;
import io.omnihub.core.store.Transaction;
import io.omnihub.core.telemetry.FirstAnswers;
import io.omnihub.core.timeline.ConversationRow;
import io.omnihub.core.timeline.Conversations;
import io.omnihub.core.timeline.Legs;
import io.omnihub.core.timeline.Messages;
import io.omnihub.core.timeline.StoredMessage;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What follows when a customer writes. */
final class InboundMessages {
  private final Rooms rooms;
  private final Admission admission;
  private final FirstAnswers firstAnswers;

  InboundMessages(Rooms rooms, Admission admission, FirstAnswers firstAnswers) {
    this.rooms = rooms;
    this.admission = admission;
    this.firstAnswers = firstAnswers;
  }

  void apply(Transaction tx, ChannelInfo account, MessageReceived event, Instant receivedAt)
      throws SQLException {
    String id = rooms.ids().next();
    boolean isNew =
        rooms
            .timeline()
            .providerIds()
            .add(tx, account.id(), event.providerId(), id, DeliveryStatus.RECEIVED);
    if (!isNew) {
      return;
    }
    Contacts.Known known =
        rooms.contacts().resolve(tx, account.id(), account.region(), event.from());
    Admission.Admitted place =
        admission.admit(tx, account, known, event.threading(), event.automatic());
    String conversation = place.conversation().id();
    Message message = message(tx, account, event, known, id, conversation, receivedAt);
    Messages.Origin origin = Messages.Origin.at(rooms.clock().instant());
    long position =
        rooms
            .timeline()
            .messages()
            .insert(tx, message, known.identityId(), event.address(), origin);
    if (event.automatic()) {
      rooms.timeline().conversations().noticed(tx, conversation, id, receivedAt);
    } else {
      said(tx, account, event, known, message, position);
    }
    announce(tx, known, place, message);
  }

  private void said(
      Transaction tx,
      ChannelInfo account,
      MessageReceived event,
      Contacts.Known known,
      Message message,
      long position)
      throws SQLException {
    String conversation = message.conversationId();
    Instant at = message.receivedAt();
    Legs.Leg leg =
        new Legs.Leg(known.identityId(), account.id(), event.address(), event.threading().key());
    rooms.timeline().legs().used(tx, conversation, leg, at, position);
    rooms
        .timeline()
        .conversations()
        .customerWrote(
            tx,
            conversation,
            new Conversations.Said(message.id(), account.id(), account.channel(), at, position));
    // before whoever sends the answer hears of it
    tx.afterCommit(() -> firstAnswers.asked(conversation, account.id(), at));
    ask(tx, conversation, position);
  }

  private Message message(
      Transaction tx,
      ChannelInfo account,
      MessageReceived event,
      Contacts.Known known,
      String id,
      String conversation,
      Instant receivedAt)
      throws SQLException {
    Map<String, Object> attributes = new LinkedHashMap<>(event.attributes());
    if (event.automatic()) {
      attributes.put("automatic", true);
    }
    return new Message(
        id,
        conversation,
        known.contactId(),
        account.id(),
        account.channel(),
        Direction.INBOUND,
        new Author(Author.Kind.CONTACT, known.contactId(), event.from().name()),
        understood(tx, account, event, known, attributes),
        replyTo(tx, account, event.replyTo()),
        event.threading().key().isEmpty() ? null : event.threading().key(),
        event.providerId(),
        event.at(),
        receivedAt,
        null,
        null,
        DeliveryStatus.RECEIVED,
        null,
        List.of(),
        attributes);
  }

  private List<Part> understood(
      Transaction tx,
      ChannelInfo account,
      MessageReceived event,
      Contacts.Known known,
      Map<String, Object> attributes)
      throws SQLException {
    boolean shown = account.capabilities().grade(Feature.CHOICES).compareTo(Grade.PARTIAL) >= 0;
    if (shown) {
      return event.parts();
    }
    Optional<StoredMessage> asked =
        rooms.timeline().messages().lastTo(tx, known.identityId(), account.id());
    Optional<Part.Choice> choice =
        asked.flatMap(message -> ChoiceReader.read(message.message().parts(), event.parts()));
    if (choice.isEmpty()) {
      return event.parts();
    }
    attributes.put("typed", ((Part.Text) event.parts().getFirst()).text());
    return List.of(choice.get());
  }

  private String replyTo(Transaction tx, ChannelInfo account, String providerId)
      throws SQLException {
    return providerId.isEmpty()
        ? null
        : rooms.timeline().providerIds().message(tx, account.id(), providerId).orElse(null);
  }

  private void ask(Transaction tx, String conversation, long position) throws SQLException {
    ConversationRow now = rooms.timeline().conversations().find(tx, conversation).orElseThrow();
    if (now.owner().kind() == Owner.Kind.BACKEND) {
      Duration settle =
          rooms.directory().backend(now.owner().id()).map(b -> b.settle()).orElse(Duration.ZERO);
      long upto = settle.isZero() ? position : 0;
      rooms.outbox().addTurn(tx, now.id(), now.owner().id(), now.epoch(), upto, settle);
    }
  }

  private void announce(
      Transaction tx, Contacts.Known known, Admission.Admitted place, Message message)
      throws SQLException {
    String conversation = place.conversation().id();
    String account = message.account();
    if (known.created()) {
      rooms
          .timeline()
          .changes()
          .add(tx, "contact.created", account, conversation, known.contactId());
    }
    if (place.opened()) {
      rooms
          .timeline()
          .changes()
          .add(tx, "conversation.opened", account, conversation, conversation);
    }
    rooms.timeline().announce(tx, "message.received", message);
  }
}
