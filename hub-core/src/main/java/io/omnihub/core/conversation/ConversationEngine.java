package io.omnihub.core.conversation;

import io.omnihub.api.model.Action;
import io.omnihub.api.model.DeliveryStatus;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.Sender;
import io.omnihub.api.model.Threading;
import io.omnihub.core.identity.Contacts;
import io.omnihub.core.identity.Normalizer;
import io.omnihub.core.journal.DeadLetters;
import io.omnihub.core.journal.Fact;
import io.omnihub.core.journal.FactHandler;
import io.omnihub.core.media.MediaIntake;
import io.omnihub.core.plugin.ChannelInfo;
import io.omnihub.core.store.Transaction;
import io.omnihub.core.telemetry.FirstAnswers;
import io.omnihub.core.timeline.ConversationRow;
import io.omnihub.core.timeline.Legs;
import io.omnihub.core.timeline.Messages;
import io.omnihub.core.timeline.StoredMessage;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Applies facts and commands to conversations. All its methods run inside of a transaction of the
 * one writer.
 */
public final class ConversationEngine implements FactHandler {
  private final Rooms rooms;
  private final MediaIntake media;
  private final Admission admission;
  private final InboundMessages inbound;
  private final Echoes echoes;
  private final Deliveries deliveries;
  private final Actions actions;
  private final Answers answers;
  private final Turns turns;

  public ConversationEngine(
      Rooms rooms, MediaIntake media, TypingSink typing, FirstAnswers firstAnswers) {
    this.rooms = rooms;
    this.media = media;
    Control control = new Control(rooms);
    admission = new Admission(rooms, control);
    answers = new Answers(rooms);
    inbound = new InboundMessages(rooms, admission, firstAnswers);
    deliveries = new Deliveries(rooms);
    echoes = new Echoes(rooms, admission, deliveries);
    actions = new Actions(rooms, control, answers, typing);
    turns = new Turns(rooms, control, actions, answers);
  }

  public Turns turns() {
    return turns;
  }

  public Deliveries deliveries() {
    return deliveries;
  }

  @Override
  public boolean ready(InboundEvent event) {
    return switch (event) {
      case InboundEvent.MessageReceived m -> MediaIntake.isComplete(m.parts());
      case InboundEvent.MessageEdited e -> MediaIntake.isComplete(e.parts());
      case InboundEvent.MessageEchoed e -> MediaIntake.isComplete(e.parts());
      default -> true;
    };
  }

  @Override
  public Fact prepare(Fact fact) {
    return switch (fact.event()) {
      case InboundEvent.MessageReceived m ->
          fact.with(
              new InboundEvent.MessageReceived(
                  m.key(),
                  m.providerId(),
                  m.from(),
                  m.address(),
                  m.threading(),
                  m.at(),
                  media.take(fact.account(), m.parts()),
                  m.replyTo(),
                  m.automatic(),
                  m.attributes()));
      case InboundEvent.MessageEdited e ->
          fact.with(
              new InboundEvent.MessageEdited(
                  e.key(), e.sender(), e.target(), e.at(), media.take(fact.account(), e.parts())));
      case InboundEvent.MessageEchoed e ->
          fact.with(
              new InboundEvent.MessageEchoed(
                  e.key(),
                  e.providerId(),
                  e.sender(),
                  e.address(),
                  e.threading(),
                  e.at(),
                  media.take(fact.account(), e.parts())));
      default -> fact;
    };
  }

  @Override
  public void apply(Transaction tx, Fact fact) throws SQLException {
    Optional<ChannelInfo> found = rooms.directory().channel(fact.account());
    if (found.isEmpty()) {
      rooms
          .deadLetters()
          .add(tx, DeadLetters.Kind.FACT, fact, "the account is no longer configured");
      return;
    }
    ChannelInfo account = found.get();
    switch (fact.event()) {
      case InboundEvent.MessageReceived message ->
          inbound.apply(tx, account, message, fact.receivedAt());
      case InboundEvent.MessageEdited edit -> edit(tx, account, edit, fact);
      case InboundEvent.MessageDeleted deleted -> delete(tx, account, deleted);
      case InboundEvent.ReactionChanged reaction -> react(tx, account, reaction);
      case InboundEvent.ReceiptReceived r ->
          deliveries.receipt(tx, account.id(), r.targets(), r.status(), r.failure(), r.at());
      case InboundEvent.MessagesRead read -> read(tx, account, read);
      case InboundEvent.MessageEchoed echo -> echoes.apply(tx, account, echo, fact.receivedAt());
      case InboundEvent.ReachabilityChanged change ->
          rooms.contacts().setReachable(tx, change.sender(), change.reachable());
      case InboundEvent.IdentityRenamed renamed ->
          rooms.contacts().rename(tx, account.id(), renamed.sender(), renamed.to());
      case InboundEvent.Unreadable unreadable ->
          rooms.deadLetters().add(tx, DeadLetters.Kind.UNREADABLE, fact, unreadable.reason());
      case InboundEvent.TypingStarted typing ->
          throw new IllegalStateException("typing is not kept");
    }
  }

  private void edit(Transaction tx, ChannelInfo account, InboundEvent.MessageEdited edit, Fact fact)
      throws SQLException {
    Optional<StoredMessage> target = target(tx, account, edit.target());
    if (target.isPresent()) {
      rooms.timeline().messages().edit(tx, target.get(), edit.parts(), edit.at());
      rooms.timeline().announceMessage(tx, "message.updated", target.get().message().id());
      return;
    }
    InboundEvent.MessageReceived unseen =
        new InboundEvent.MessageReceived(
            edit.key(),
            edit.target(),
            Sender.of(edit.sender()),
            "",
            Threading.NONE,
            edit.at(),
            edit.parts(),
            "",
            false,
            Map.of("edited", true));
    inbound.apply(tx, account, unseen, fact.receivedAt());
  }

  private void delete(Transaction tx, ChannelInfo account, InboundEvent.MessageDeleted deleted)
      throws SQLException {
    Optional<StoredMessage> target = target(tx, account, deleted.target());
    if (target.isPresent()) {
      rooms.timeline().messages().markDeleted(tx, target.get().message().id(), deleted.at());
      rooms.timeline().announceMessage(tx, "message.updated", target.get().message().id());
    }
  }

  private void react(Transaction tx, ChannelInfo account, InboundEvent.ReactionChanged reaction)
      throws SQLException {
    Optional<StoredMessage> target = target(tx, account, reaction.target());
    if (target.isPresent()) {
      rooms
          .timeline()
          .messages()
          .setReactions(tx, target.get(), reaction.sender().toString(), reaction.emojis());
      rooms.timeline().announceMessage(tx, "message.updated", target.get().message().id());
    }
  }

  private void read(Transaction tx, ChannelInfo account, InboundEvent.MessagesRead read)
      throws SQLException {
    Optional<Contacts.IdentityRow> identity = rooms.contacts().find(tx, read.sender());
    if (identity.isPresent()) {
      deliveries.readUpTo(tx, account.id(), identity.get().id(), read.at());
    }
  }

  private Optional<StoredMessage> target(Transaction tx, ChannelInfo account, String providerId)
      throws SQLException {
    Optional<String> id = rooms.timeline().providerIds().message(tx, account.id(), providerId);
    return id.isEmpty() ? Optional.empty() : rooms.timeline().messages().find(tx, id.get());
  }

  /**
   * Carries out actions that somebody asks for from outside of a turn. A bot must have control; an
   * agent who answers takes it.
   *
   * @param epoch the lease that the actions were decided under, if the caller names one
   */
  public ActResult act(
      Transaction tx, String conversation, Actor actor, List<Action> list, OptionalLong epoch)
      throws SQLException {
    Optional<ConversationRow> row = rooms.timeline().conversations().find(tx, conversation);
    if (row.isEmpty()) {
      return new ActResult.NotFound();
    }
    boolean stale = epoch.isPresent() && epoch.getAsLong() != row.get().epoch();
    if (stale || !Actions.mayAct(row.get().owner(), actor)) {
      rooms
          .timeline()
          .audit()
          .add(
              tx,
              conversation,
              actor.toString(),
              "late-answer",
              "refused, control is with " + row.get().owner().id());
      return new ActResult.Stale(row.get().epoch(), row.get().owner().id());
    }
    return switch (actor.kind()) {
      case BOT -> actAsBot(tx, row.get(), actor, list);
      case AGENT, SYSTEM, CONTACT -> actAsAgent(tx, row.get(), actor, list);
    };
  }

  private ActResult actAsBot(Transaction tx, ConversationRow row, Actor actor, List<Action> list)
      throws SQLException {
    ActResult result = actions.perform(tx, row, actor, list);
    if (result instanceof ActResult.Done) {
      turns.answeredLater(tx, row, list);
    }
    return result;
  }

  private ActResult actAsAgent(Transaction tx, ConversationRow row, Actor actor, List<Action> list)
      throws SQLException {
    if (list.stream().anyMatch(Action.Reply.class::isInstance)) {
      actions.takeIfAgent(tx, row, actor);
    }
    return actions.perform(tx, row, actor, list);
  }

  /**
   * An agent answers a conversation, on the leg of the last message or the account that is named.
   */
  public ActResult reply(
      Transaction tx,
      String conversation,
      Actor actor,
      List<Part> parts,
      String account,
      String replyTo)
      throws SQLException {
    Optional<ConversationRow> row = rooms.timeline().conversations().find(tx, conversation);
    if (row.isEmpty()) {
      return new ActResult.NotFound();
    }
    if (!Actions.mayAct(row.get().owner(), actor)) {
      return new ActResult.Stale(row.get().epoch(), row.get().owner().id());
    }
    Optional<Legs.Leg> leg = answers.leg(tx, row.get(), account);
    if (leg.isEmpty()) {
      return new ActResult.Invalid(
          0, "the customer cannot be reached on account '" + account + "'");
    }
    actions.takeIfAgent(tx, row.get(), actor);
    ConversationRow now = rooms.timeline().conversations().find(tx, conversation).orElseThrow();
    return new ActResult.Done(List.of(answers.reply(tx, now, leg.get(), actor, parts, replyTo)));
  }

  /**
   * What somebody writes first.
   *
   * @param bulk whether it lets live messages go before it
   */
  public record Opening(Actor actor, List<Part> parts, boolean bulk) {}

  /** Writes to somebody first, by an identity. */
  public ActResult startWith(
      Transaction tx, ChannelInfo account, Identity identity, Opening opening) throws SQLException {
    Identity normal = Normalizer.normalize(identity, account.region()).orElse(identity);
    Contacts.Known known =
        rooms.contacts().resolve(tx, account.id(), account.region(), Sender.of(normal));
    return start(tx, account, known, normal.value(), opening);
  }

  /** Writes to somebody first, by the identity that the contact has on the account's channel. */
  public ActResult startWith(Transaction tx, ChannelInfo account, String contact, Opening opening)
      throws SQLException {
    if (rooms.contacts().contact(tx, contact).isEmpty()) {
      return new ActResult.NotFound();
    }
    Optional<Contacts.IdentityRow> identity =
        rooms.contacts().onAccount(tx, contact, account.id(), account.channel());
    return identity.isEmpty()
        ? new ActResult.Invalid(0, "the contact has no identity on account '" + account.id() + "'")
        : start(
            tx,
            account,
            new Contacts.Known(identity.get().id(), contact, false),
            identity.get().identity().value(),
            opening);
  }

  private ActResult start(
      Transaction tx, ChannelInfo account, Contacts.Known who, String address, Opening opening)
      throws SQLException {
    ConversationRow row = admission.admit(tx, account, who, Threading.NONE, false).conversation();
    Optional<Legs.Leg> present = answers.leg(tx, row, account.id());
    Legs.Leg leg = present.orElse(new Legs.Leg(who.identityId(), account.id(), address, ""));
    if (present.isEmpty()) {
      rooms.timeline().legs().used(tx, row.id(), leg, rooms.clock().instant(), 0);
    }
    Messages.Origin origin = Messages.Origin.at(rooms.clock().instant());
    Answers.Words words = new Answers.Words(opening.parts(), null, origin, opening.bulk());
    return new ActResult.Done(List.of(answers.reply(tx, row, leg, opening.actor(), words)));
  }

  /**
   * Sends a message again that has failed or is uncertain.
   *
   * @return false when it is neither
   */
  public boolean resend(Transaction tx, StoredMessage message) throws SQLException {
    DeliveryStatus status = message.message().status();
    if (status != DeliveryStatus.UNCERTAIN && status != DeliveryStatus.FAILED) {
      return false;
    }
    String id = message.message().id();
    ConversationRow row =
        rooms.timeline().conversations().find(tx, message.message().conversationId()).orElseThrow();
    rooms
        .timeline()
        .messages()
        .setStatus(tx, id, DeliveryStatus.QUEUED, null, rooms.clock().instant());
    rooms
        .outbox()
        .addSendFrom(
            tx,
            message.message().account(),
            message.address(),
            id,
            row.epoch(),
            message.piecesSent());
    rooms.timeline().announceMessage(tx, "message.updated", id);
    return true;
  }

  /** States what is true of an uncertain message. False when it is not uncertain. */
  public boolean settle(Transaction tx, String message, boolean sent) throws SQLException {
    return deliveries.settle(tx, message, sent ? DeliveryStatus.SENT : DeliveryStatus.FAILED);
  }
}
