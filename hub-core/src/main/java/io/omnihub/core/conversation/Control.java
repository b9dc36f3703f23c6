package io.omnihub.core.conversation;

import io.omnihub.api.model.Conversation.Owner;
import io.omnihub.core.outbox.OutboxEntry;
import io.omnihub.core.plugin.BackendInfo;
import io.omnihub.core.store.Transaction;
import io.omnihub.core.timeline.ConversationRow;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The lease of control: one backend, queue or agent speaks at a time. Each change gives the lease a
 * new epoch, and what was asked under an older one no longer counts.
 */
final class Control {
  private static final String DEFAULT_QUEUE = "default";

  private final Rooms rooms;

  Control(Rooms rooms) {
    this.rooms = rooms;
  }

  /** Who answers first on an account. */
  Owner firstOwner(List<String> chain) {
    return chain.isEmpty() ? queueOf(Optional.empty()) : ownerFor(chain.getFirst());
  }

  /**
   * Where a handoff goes.
   *
   * @param to backend or queue; empty for the next of the chain
   * @return empty when there is no such backend or queue
   */
  Optional<Owner> target(ConversationRow conversation, String to) {
    if (to.isEmpty()) {
      return Optional.of(next(conversation));
    }
    if (rooms.directory().backend(to).isPresent()) {
      return Optional.of(ownerFor(to));
    }
    return rooms.directory().queues().contains(to)
        ? Optional.of(new Owner(Owner.Kind.QUEUE, to))
        : Optional.empty();
  }

  private Owner next(ConversationRow conversation) {
    int place = conversation.chain().indexOf(conversation.owner().id());
    boolean more = place >= 0 && place + 1 < conversation.chain().size();
    return more ? ownerFor(conversation.chain().get(place + 1)) : queueOf(rooms.directory().desk());
  }

  private Owner ownerFor(String backend) {
    Optional<BackendInfo> desk = rooms.directory().backend(backend).filter(BackendInfo::isDesk);
    return desk.isPresent() ? queueOf(desk) : new Owner(Owner.Kind.BACKEND, backend);
  }

  private static Owner queueOf(Optional<BackendInfo> desk) {
    return new Owner(Owner.Kind.QUEUE, desk.map(d -> d.queues().getFirst()).orElse(DEFAULT_QUEUE));
  }

  /**
   * Gives control away, tells who watches, and asks a backend at once for what the customer still
   * waits for.
   */
  void give(Transaction tx, ConversationRow conversation, Owner to, Actor actor, String why)
      throws SQLException {
    String id = conversation.id();
    String queue = to.kind() == Owner.Kind.QUEUE ? to.id() : conversation.queue();
    String assignee = to.kind() == Owner.Kind.AGENT ? to.id() : null;
    rooms.timeline().conversations().setOwner(tx, id, to, queue, assignee);
    rooms
        .timeline()
        .audit()
        .add(
            tx,
            id,
            actor.toString(),
            "control",
            describe(conversation.owner())
                + " -> "
                + describe(to)
                + (why.isEmpty() ? "" : ": " + why));
    Optional<OutboxEntry> turn = rooms.outbox().turn(tx, id);
    if (turn.isPresent()) {
      rooms.outbox().remove(tx, turn.get());
    }
    boolean assigned = to.kind() == Owner.Kind.AGENT;
    rooms
        .timeline()
        .announce(tx, assigned ? "conversation.assigned" : "conversation.handed-off", id);
    if (to.kind() == Owner.Kind.BACKEND) {
      granted(tx, conversation, to);
    }
  }

  /**
   * A backend that gets control answers what nobody has answered yet; what agents answered
   * meanwhile it gets as history.
   */
  private void granted(Transaction tx, ConversationRow conversation, Owner to) throws SQLException {
    if (conversation.owner().kind() != Owner.Kind.BACKEND) {
      long answered = rooms.timeline().messages().lastOutbound(tx, conversation.id());
      rooms
          .timeline()
          .conversations()
          .setTurnCursor(tx, conversation.id(), Math.max(answered, conversation.turnCursor()));
    }
    askIfWaiting(tx, conversation.id(), to.id(), Duration.ZERO);
  }

  /** Asks a backend if the customer has said something that no backend or agent has dealt with. */
  void askIfWaiting(Transaction tx, String conversationId, String backend, Duration pause)
      throws SQLException {
    ConversationRow now = rooms.timeline().conversations().find(tx, conversationId).orElseThrow();
    if (now.waitsForAnswer()) {
      long last = now.lastInbound();
      rooms
          .outbox()
          .addTurn(tx, conversationId, backend, now.epoch(), pause.isZero() ? last : 0, pause);
    }
  }

  /** Notes for agents and bots why control was given away. */
  void remember(
      Transaction tx, ConversationRow conversation, Actor from, String reason, String summary)
      throws SQLException {
    Map<String, Object> attributes = new java.util.LinkedHashMap<>(conversation.attributes());
    attributes.put("handoff", Map.of("from", from.id(), "reason", reason, "summary", summary));
    rooms.timeline().conversations().setAttributes(tx, conversation.id(), attributes);
  }

  private static String describe(Owner owner) {
    return owner.kind().name().toLowerCase(java.util.Locale.ROOT) + " " + owner.id();
  }
}
