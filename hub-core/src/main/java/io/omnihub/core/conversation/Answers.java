package io.omnihub.core.conversation;

import io.omnihub.api.model.DeliveryStatus;
import io.omnihub.api.model.Message;
import io.omnihub.api.model.Message.Direction;
import io.omnihub.api.model.Part;
import io.omnihub.core.store.Transaction;
import io.omnihub.core.timeline.ConversationRow;
import io.omnihub.core.timeline.Legs;
import io.omnihub.core.timeline.Messages;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Messages that the hub's side writes: answers, which go to the outbox, and notes, which do not.
 */
final class Answers {
  private final Rooms rooms;

  Answers(Rooms rooms) {
    this.rooms = rooms;
  }

  /** Where an answer would go; on the account, if one is named. */
  Optional<Legs.Leg> leg(Transaction tx, ConversationRow conversation, String account)
      throws SQLException {
    return rooms.timeline().legs().last(tx, conversation.id(), account);
  }

  /** Writes an answer on a leg; answers the message's id. */
  String reply(
      Transaction tx,
      ConversationRow conversation,
      Legs.Leg leg,
      Actor actor,
      List<Part> parts,
      String replyTo)
      throws SQLException {
    Messages.Origin origin = Messages.Origin.at(rooms.clock().instant());
    return reply(tx, conversation, leg, actor, new Words(parts, replyTo, origin, false));
  }

  /**
   * What is said.
   *
   * @param replyTo the message that it answers, null when none
   * @param bulk whether it lets live messages go before it
   */
  record Words(List<Part> parts, String replyTo, Messages.Origin origin, boolean bulk) {}

  /** Writes an answer on a leg; answers the message's id. */
  String reply(Transaction tx, ConversationRow conversation, Legs.Leg leg, Actor actor, Words words)
      throws SQLException {
    String channel = rooms.directory().channel(leg.account()).orElseThrow().channel();
    Message message =
        message(
            conversation,
            leg.account(),
            channel,
            Direction.OUTBOUND,
            actor,
            words.parts(),
            words.replyTo(),
            leg.thread());
    rooms
        .timeline()
        .messages()
        .insert(tx, message, leg.identityId(), leg.address(), words.origin());
    long epoch = conversation.epoch();
    if (words.bulk()) {
      rooms.outbox().addBulkSend(tx, leg.account(), leg.address(), message.id(), epoch);
    } else {
      rooms.outbox().addSend(tx, leg.account(), leg.address(), message.id(), epoch);
    }
    rooms
        .timeline()
        .conversations()
        .answered(tx, conversation.id(), message.id(), rooms.clock().instant());
    rooms.timeline().announce(tx, "message.updated", message);
    return message.id();
  }

  /** Writes words for agents only; answers the message's id. */
  String note(Transaction tx, ConversationRow conversation, Actor actor, String text)
      throws SQLException {
    Message message =
        message(
            conversation,
            conversation.account(),
            conversation.channel(),
            Direction.NOTE,
            actor,
            List.of(Part.Text.plain(text)),
            null,
            "");
    rooms
        .timeline()
        .messages()
        .insert(tx, message, null, "", Messages.Origin.at(rooms.clock().instant()));
    rooms.timeline().announce(tx, "message.updated", message);
    return message.id();
  }

  private Message message(
      ConversationRow conversation,
      String account,
      String channel,
      Direction direction,
      Actor actor,
      List<Part> parts,
      String replyTo,
      String thread) {
    Instant now = rooms.clock().instant();
    return new Message(
        rooms.ids().next(),
        conversation.id(),
        conversation.contactId(),
        account,
        channel,
        direction,
        actor.author(),
        parts,
        replyTo,
        thread.isEmpty() ? null : thread,
        null,
        null,
        now,
        null,
        null,
        direction == Direction.NOTE ? DeliveryStatus.SENT : DeliveryStatus.QUEUED,
        null,
        List.of(),
        Map.of());
  }
}
