package io.omnihub.core.conversation;

import io.omnihub.api.model.Action;
import io.omnihub.api.model.Conversation;
import io.omnihub.api.model.Conversation.Owner;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Message;
import io.omnihub.api.model.Message.Direction;
import io.omnihub.api.model.Turn;
import io.omnihub.api.model.TurnResult;
import io.omnihub.core.outbox.OutboxEntry;
import io.omnihub.core.outbox.TurnEnd;
import io.omnihub.core.plugin.BackendInfo;
import io.omnihub.core.plugin.ChannelInfo;
import io.omnihub.core.store.Recent;
import io.omnihub.core.store.Transaction;
import io.omnihub.core.telemetry.LogLines;
import io.omnihub.core.timeline.ConversationRow;
import io.omnihub.core.timeline.Messages;
import io.omnihub.core.timeline.StoredMessage;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns of backends: what a backend is asked, and what follows from its answer. */
public final class Turns {
  private static final Logger LOG = LoggerFactory.getLogger(Turns.class);
  private static final int MOST_MESSAGES = 100;
  private static final int HISTORY = 20;
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final Rooms rooms;
  private final Control control;
  private final Actions actions;
  private final Answers answers;

  /** Turns whose backend has posted actions while it was being asked. */
  private final Recent<Long, Boolean> overtaken = new Recent<>(1000);

  Turns(Rooms rooms, Control control, Actions actions, Answers answers) {
    this.rooms = rooms;
    this.control = control;
    this.actions = actions;
    this.answers = answers;
  }

  /**
   * What the backend of an entry is to be asked.
   *
   * @return empty when there is nothing to ask any more: control has moved on, or there is no
   *     message
   */
  public Optional<Turn> read(Transaction tx, OutboxEntry entry) throws SQLException {
    Optional<ConversationRow> row = rooms.timeline().conversations().find(tx, entry.subject());
    if (row.isEmpty() || !holds(row.get(), entry)) {
      return Optional.empty();
    }
    long upto = entry.upto() == 0 ? row.get().lastInbound() : entry.upto();
    List<StoredMessage> since =
        rooms
            .timeline()
            .messages()
            .after(tx, entry.subject(), row.get().turnCursor(), MOST_MESSAGES);
    List<StoredMessage> said =
        since.stream()
            .filter(message -> message.position() <= upto)
            .filter(message -> message.message().direction() == Direction.INBOUND)
            .filter(message -> !message.message().attributes().containsKey("automatic"))
            .toList();
    if (said.isEmpty()) {
      return Optional.empty();
    }
    List<Message> history =
        rooms
            .timeline()
            .messages()
            .before(tx, entry.subject(), said.getFirst().position(), HISTORY)
            .stream()
            .map(StoredMessage::message)
            .filter(message -> message.direction() != Direction.NOTE)
            .toList();
    Conversation conversation = conversation(tx, row.get(), since);
    ChannelInfo channel = rooms.directory().channel(conversation.account()).orElseThrow();
    return Optional.of(
        new Turn(
            row.get().id() + "." + entry.seq(),
            entry.epoch(),
            conversation,
            rooms.contacts().contact(tx, row.get().contactId()).orElseThrow(),
            said.stream().map(StoredMessage::message).toList(),
            history,
            channel.capabilities()));
  }

  private Conversation conversation(Transaction tx, ConversationRow row, List<StoredMessage> newest)
      throws SQLException {
    Message last = newest.getLast().message();
    return last.id().equals(row.lastMessageId())
        ? rooms.timeline().conversation(row, last)
        : rooms.timeline().conversation(tx, row.id()).orElseThrow();
  }

  /** The last position that a turn covers when it begins now. */
  public long upto(Transaction tx, OutboxEntry entry) throws SQLException {
    return entry.upto() == 0
        ? rooms
            .timeline()
            .conversations()
            .find(tx, entry.subject())
            .map(ConversationRow::lastInbound)
            .orElse(0L)
        : entry.upto();
  }

  private static boolean holds(ConversationRow conversation, OutboxEntry entry) {
    return conversation.epoch() == entry.epoch()
        && conversation.owner().equals(new Owner(Owner.Kind.BACKEND, entry.target()));
  }

  /** A backend answered, or did not. */
  public void ended(Transaction tx, TurnEnd end) throws SQLException {
    OutboxEntry begun = end.entry();
    Optional<ConversationRow> row = rooms.timeline().conversations().find(tx, begun.subject());
    if (row.isEmpty()) {
      return;
    }
    if (!holds(row.get(), begun)) {
      late(tx, begun, row.get());
      return;
    }
    switch (end.result()) {
      case TurnResult.Answered answered -> answered(tx, end, row.get(), answered.actions());
      case TurnResult.Deferred deferred -> deferred(tx, begun, row.get());
      case TurnResult.Failed failed -> {
        if (rooms.outbox().find(tx, begun.seq()).isEmpty()) {
          return;
        }
        if (end.isLast()) {
          handOn(tx, begun, row.get(), failed.failure());
        } else {
          failed(tx, begun, row.get(), failed.failure());
        }
      }
    }
  }

  /** Control has moved on while the backend was thinking: what it says no longer counts. */
  private void late(Transaction tx, OutboxEntry begun, ConversationRow row) throws SQLException {
    refused(tx, row, begun, "asked under epoch " + begun.epoch() + ", now " + row.epoch());
    if (rooms.outbox().remove(tx, begun) && row.owner().kind() == Owner.Kind.BACKEND) {
      control.askIfWaiting(tx, row.id(), row.owner().id(), Duration.ZERO);
    }
  }

  private void refused(Transaction tx, ConversationRow row, OutboxEntry begun, String why) {
    String actor = Actor.bot(begun.target()).toString();
    rooms.timeline().audit().add(tx, row.id(), actor, "late-answer", "refused: " + why);
  }

  private void answered(Transaction tx, TurnEnd end, ConversationRow row, List<Action> list)
      throws SQLException {
    OutboxEntry entry = end.entry();
    Optional<ActResult.Invalid> invalid = actions.invalid(tx, row, list);
    if (invalid.isPresent()) {
      ActResult.Invalid wrong = invalid.get();
      String detail = "action " + wrong.index() + ": " + wrong.detail();
      failed(tx, entry, row, Failure.of(Failure.Code.PROTOCOL, detail));
      return;
    }
    if (!rooms.outbox().remove(tx, entry)) {
      refused(tx, row, entry, "the turn is over already");
      return;
    }
    Messages.Origin origin =
        new Messages.Origin(rooms.clock().instant(), entry.upto(), end.beganAt());
    actions.perform(tx, row, Actor.bot(entry.target()), list, origin);
    if (list.stream().noneMatch(Action.Handoff.class::isInstance)) {
      dealtWith(tx, row, entry);
    }
  }

  private void dealtWith(Transaction tx, ConversationRow row, OutboxEntry entry)
      throws SQLException {
    rooms.timeline().conversations().setTurnCursor(tx, row.id(), entry.upto());
    ConversationRow now = rooms.timeline().conversations().find(tx, row.id()).orElseThrow();
    if (now.owner().equals(row.owner())) {
      control.askIfWaiting(tx, row.id(), entry.target(), settle(entry));
    }
  }

  /**
   * A backend posted actions by itself. The turn that waits for them is over; so is one that is
   * still being asked, should the backend say that it answers later: its word was overtaken.
   */
  void answeredLater(Transaction tx, ConversationRow row, List<Action> list) throws SQLException {
    if (list.stream().allMatch(Action.Typing.class::isInstance)) {
      return;
    }
    Optional<OutboxEntry> turn = rooms.outbox().turn(tx, row.id());
    if (turn.isEmpty()) {
      return;
    }
    switch (turn.get().state()) {
      case AWAITING -> {
        rooms.outbox().remove(tx, turn.get());
        dealtWith(tx, row, turn.get());
      }
      case INFLIGHT -> overtaken.put(tx, turn.get().seq(), true);
      case READY -> {}
    }
  }

  /** The backend will post its actions, or has done so already. */
  private void deferred(Transaction tx, OutboxEntry entry, ConversationRow row)
      throws SQLException {
    if (overtaken.get(tx, entry.seq()).isEmpty()) {
      rooms.outbox().await(tx, entry, rooms.clock().instant().plus(patience(entry)));
      return;
    }
    rooms.outbox().remove(tx, entry);
    dealtWith(tx, row, entry);
  }

  private void failed(Transaction tx, OutboxEntry entry, ConversationRow row, Failure failure)
      throws SQLException {
    Instant now = rooms.clock().instant();
    Instant began = entry.startedAt() == null ? now : entry.startedAt();
    Instant end = began.plus(patience(entry));
    Instant again = now.plus(backoff(entry.attempts()));
    boolean fixable = failure.code().actor() != Failure.Actor.CONFIGURATION;
    if (fixable && again.isBefore(end)) {
      rooms.outbox().again(tx, entry, again, failure.detail());
    } else {
      handOn(tx, entry, row, failure);
    }
  }

  private void handOn(Transaction tx, OutboxEntry entry, ConversationRow row, Failure failure)
      throws SQLException {
    LOG.atWarn()
        .addKeyValue(LogLines.CONVERSATION, row.id())
        .log(
            "backend {} does not answer ({}), the next one takes over",
            entry.target(),
            failure.code());
    rooms.outbox().remove(tx, entry);
    String reason = "backend-failed";
    String summary =
        entry.target()
            + " did not answer: "
            + failure.code()
            + (failure.detail().isEmpty() ? "" : ", " + failure.detail());
    Owner next = control.target(row, "").orElseThrow();
    control.remember(tx, row, Actor.HUB, reason, summary);
    control.give(tx, row, next, Actor.HUB, reason);
    answers.note(tx, row, Actor.HUB, summary);
  }

  private Duration patience(OutboxEntry entry) {
    return rooms
        .directory()
        .backend(entry.target())
        .map(BackendInfo::patience)
        .orElse(Duration.ZERO);
  }

  private Duration settle(OutboxEntry entry) {
    return rooms.directory().backend(entry.target()).map(BackendInfo::settle).orElse(Duration.ZERO);
  }

  private static Duration backoff(int attempts) {
    Duration doubled = FIRST_WAIT.multipliedBy(1L << Math.min(Math.max(attempts - 1, 0), 6));
    return doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
  }
}
