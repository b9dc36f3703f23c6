package io.omnihub.core.conversation;

import io.omnihub.api.model.Action;
import io.omnihub.api.model.Author;
import io.omnihub.api.model.Conversation.Owner;
import io.omnihub.api.model.Conversation.Status;
import io.omnihub.core.store.Transaction;
import io.omnihub.core.timeline.ConversationRow;
import io.omnihub.core.timeline.Legs;
import io.omnihub.core.timeline.Messages;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Carries out actions: all of a list, or none. */
final class Actions {
  private final Rooms rooms;
  private final Control control;
  private final Answers answers;
  private final TypingSink typing;

  Actions(Rooms rooms, Control control, Answers answers, TypingSink typing) {
    this.rooms = rooms;
    this.control = control;
    this.answers = answers;
    this.typing = typing;
  }

  /**
   * Carries out the list if all of it can be; the caller has made sure that the actor has control.
   */
  ActResult perform(Transaction tx, ConversationRow conversation, Actor actor, List<Action> actions)
      throws SQLException {
    Optional<ActResult.Invalid> invalid = invalid(tx, conversation, actions);
    return invalid.isPresent()
        ? invalid.get()
        : perform(tx, conversation, actor, actions, Messages.Origin.at(rooms.clock().instant()));
  }

  /** The first action that cannot be carried out. */
  Optional<ActResult.Invalid> invalid(
      Transaction tx, ConversationRow conversation, List<Action> actions) throws SQLException {
    for (int i = 0; i < actions.size(); i++) {
      Optional<String> wrong = wrong(tx, conversation, actions.get(i));
      if (wrong.isPresent()) {
        return Optional.of(new ActResult.Invalid(i, wrong.get()));
      }
    }
    return Optional.empty();
  }

  /** Carries out actions that are valid. */
  ActResult perform(
      Transaction tx,
      ConversationRow conversation,
      Actor actor,
      List<Action> actions,
      Messages.Origin origin)
      throws SQLException {
    List<String> written = new ArrayList<>();
    for (Action action : actions) {
      ConversationRow now =
          rooms.timeline().conversations().find(tx, conversation.id()).orElseThrow();
      perform(tx, now, actor, action, origin).ifPresent(written::add);
    }
    return new ActResult.Done(written);
  }

  private Optional<String> wrong(Transaction tx, ConversationRow conversation, Action action)
      throws SQLException {
    return switch (action) {
      case Action.Reply reply ->
          answers.leg(tx, conversation, reply.account()).isPresent()
              ? Optional.empty()
              : Optional.of("the customer cannot be reached on account '" + reply.account() + "'");
      case Action.Handoff handoff ->
          control.target(conversation, handoff.to()).isPresent()
              ? Optional.empty()
              : Optional.of("there is no backend or queue '" + handoff.to() + "'");
      case Action.Verify verify -> Optional.of("verify is not offered by this version");
      case Action.Note note -> Optional.empty();
      case Action.Close close -> Optional.empty();
      case Action.Assign assign -> Optional.empty();
      case Action.Tag tag -> Optional.empty();
      case Action.SetAttributes set -> Optional.empty();
      case Action.Typing notice -> Optional.empty();
    };
  }

  private Optional<String> perform(
      Transaction tx,
      ConversationRow conversation,
      Actor actor,
      Action action,
      Messages.Origin origin)
      throws SQLException {
    String id = conversation.id();
    switch (action) {
      case Action.Reply reply -> {
        Legs.Leg leg = answers.leg(tx, conversation, reply.account()).orElseThrow();
        return Optional.of(
            answers.reply(
                tx,
                conversation,
                leg,
                actor,
                new Answers.Words(reply.parts(), null, origin, false)));
      }
      case Action.Note note -> {
        return Optional.of(answers.note(tx, conversation, actor, note.text()));
      }
      case Action.Handoff handoff -> {
        return handOff(tx, conversation, actor, handoff);
      }
      case Action.Close close -> close(tx, id, actor, close.reason());
      case Action.Assign assign ->
          control.give(
              tx, conversation, new Owner(Owner.Kind.AGENT, assign.agent()), actor, "assigned");
      case Action.Tag tag -> tag(tx, conversation, tag);
      case Action.SetAttributes set -> set(tx, conversation, set);
      case Action.Typing notice -> showTyping(tx, conversation, notice.duration());
      case Action.Verify verify -> throw new IllegalStateException("refused before");
    }
    return Optional.empty();
  }

  private Optional<String> handOff(
      Transaction tx, ConversationRow conversation, Actor actor, Action.Handoff handoff)
      throws SQLException {
    Owner to = control.target(conversation, handoff.to()).orElseThrow();
    control.remember(tx, conversation, actor, handoff.reason(), handoff.summary());
    control.give(tx, conversation, to, actor, handoff.reason());
    if (handoff.summary().isEmpty()) {
      return Optional.empty();
    }
    String reason = handoff.reason().isEmpty() ? "" : handoff.reason() + "\n";
    return Optional.of(answers.note(tx, conversation, actor, reason + handoff.summary()));
  }

  private void close(Transaction tx, String id, Actor actor, String reason) throws SQLException {
    rooms.timeline().conversations().close(tx, id, rooms.clock().instant());
    rooms.timeline().audit().add(tx, id, actor.toString(), "close", reason);
    var turn = rooms.outbox().turn(tx, id);
    if (turn.isPresent()) {
      rooms.outbox().remove(tx, turn.get());
    }
    rooms.timeline().announce(tx, "conversation.closed", id);
  }

  private void tag(Transaction tx, ConversationRow conversation, Action.Tag tag)
      throws SQLException {
    List<String> tags = new ArrayList<>(conversation.tags());
    tags.removeAll(tag.remove());
    tag.add().stream().filter(word -> !tags.contains(word)).forEach(tags::add);
    rooms.timeline().conversations().setTags(tx, conversation.id(), tags);
    rooms.timeline().announce(tx, "conversation.updated", conversation.id());
  }

  private void set(Transaction tx, ConversationRow conversation, Action.SetAttributes set)
      throws SQLException {
    if (!set.conversation().isEmpty()) {
      Map<String, Object> merged = new LinkedHashMap<>(conversation.attributes());
      set.conversation()
          .forEach(
              (key, value) -> {
                if (value == null) {
                  merged.remove(key);
                } else {
                  merged.put(key, value);
                }
              });
      rooms.timeline().conversations().setAttributes(tx, conversation.id(), merged);
    }
    if (!set.contact().isEmpty()) {
      rooms.contacts().setAttributes(tx, conversation.contactId(), set.contact());
    }
    rooms.timeline().announce(tx, "conversation.updated", conversation.id());
  }

  private void showTyping(Transaction tx, ConversationRow conversation, Duration duration)
      throws SQLException {
    Optional<Legs.Leg> leg = answers.leg(tx, conversation, "");
    if (leg.isPresent() && conversation.status() != Status.CLOSED) {
      tx.afterCommit(() -> typing.show(leg.get(), duration));
    }
  }

  /** Whether an actor of this kind may act while the owner has control. */
  static boolean mayAct(Owner owner, Actor actor) {
    return switch (actor.kind()) {
      case BOT -> owner.kind() == Owner.Kind.BACKEND && owner.id().equals(actor.id());
      case AGENT, SYSTEM -> true;
      case CONTACT -> false;
    };
  }

  /** An agent who speaks takes control first. */
  void takeIfAgent(Transaction tx, ConversationRow conversation, Actor actor) throws SQLException {
    Owner self = new Owner(Owner.Kind.AGENT, actor.id());
    if (actor.kind() == Author.Kind.AGENT && !conversation.owner().equals(self)) {
      control.give(tx, conversation, self, actor, "answered");
    }
  }
}
