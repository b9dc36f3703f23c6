package io.omnihub.core.conversation;

import io.omnihub.api.model.Capabilities.Feature;
import io.omnihub.api.model.Capabilities.Grade;
import io.omnihub.api.model.DeliveryStatus;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.SendOutcome;
import io.omnihub.core.journal.DeadLetters;
import io.omnihub.core.outbox.OutboxEntry;
import io.omnihub.core.outbox.SendEnd;
import io.omnihub.core.plugin.ChannelInfo;
import io.omnihub.core.store.Transaction;
import io.omnihub.core.timeline.Messages;
import io.omnihub.core.timeline.ProviderIds;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What follows from the outcome of a send and from receipts. Receipts move a message only forward.
 */
public final class Deliveries {
  /** After this long without success a message is given up. */
  public static final Duration PATIENCE = Duration.ofHours(24);

  /** So often a connector may crash on a message before the message is set aside. */
  private static final int MOST_CRASHES = 4;

  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private final Rooms rooms;

  public Deliveries(Rooms rooms) {
    this.rooms = rooms;
  }

  /** A piece of a message came to an end. */
  public void ended(Transaction tx, SendEnd end) throws SQLException {
    if (end.outcome() instanceof SendOutcome.Accepted accepted && end.isLast()) {
      if (rooms.outbox().remove(tx, end.entry())) {
        whollyAccepted(tx, end, accepted.providerIds());
      }
      return;
    }
    Optional<OutboxEntry> present = rooms.outbox().find(tx, end.entry().seq());
    if (present.isEmpty() || present.get().piece() != end.entry().piece()) {
      return;
    }
    OutboxEntry entry = present.get();
    switch (end.outcome()) {
      case SendOutcome.Accepted accepted -> {
        accepted(tx, end, accepted.providerIds(), DeliveryStatus.QUEUED);
        rooms.outbox().nextPiece(tx, entry, entry.piece() + 1);
      }
      case SendOutcome.Refused refused -> failed(tx, entry, refused.failure());
      case SendOutcome.NotSent notSent -> later(tx, entry, backoff(entry), notSent.failure());
      case SendOutcome.Throttled throttled ->
          later(
              tx,
              entry,
              throttled.until(),
              Failure.of(Failure.Code.RATE_LIMITED, "the provider asks to wait"));
      case SendOutcome.Unknown unknown -> unknown(tx, entry, unknown.failure());
    }
  }

  private void whollyAccepted(Transaction tx, SendEnd end, List<String> providerIds)
      throws SQLException {
    String account = end.entry().target();
    String message = end.entry().subject();
    accepted(tx, end, providerIds, DeliveryStatus.SENT);
    rooms.timeline().changes().add(tx, "message.sent", account, end.conversation(), message);
    if (end.pieces() > 1) {
      catchUp(tx, message);
    }
    for (String providerId : providerIds) {
      for (ProviderIds.Parked parked :
          rooms.timeline().providerIds().unpark(tx, account, providerId)) {
        advance(tx, account, providerId, message, parked.status(), parked.failure());
      }
    }
  }

  /** Receipts of earlier pieces may have come while the later ones were being sent. */
  private void catchUp(Transaction tx, String message) throws SQLException {
    DeliveryStatus whole = slowest(rooms.timeline().providerIds().statuses(tx, message));
    if (whole.rank() > DeliveryStatus.SENT.rank()) {
      setStatus(tx, message, whole, null);
      announceStatus(tx, message, whole);
    }
  }

  private void announceStatus(Transaction tx, String message, DeliveryStatus status)
      throws SQLException {
    rooms
        .timeline()
        .announceMessage(tx, "message." + status.name().toLowerCase(Locale.ROOT), message);
  }

  private void accepted(
      Transaction tx, SendEnd end, List<String> providerIds, DeliveryStatus status) {
    String message = end.entry().subject();
    String first = providerIds.isEmpty() ? null : providerIds.getFirst();
    rooms
        .timeline()
        .messages()
        .setSent(
            tx,
            message,
            new Messages.Sent(
                first, end.beganAt(), rooms.clock().instant(), end.entry().piece() + 1, status));
    for (String providerId : providerIds) {
      rooms
          .timeline()
          .providerIds()
          .addLater(tx, end.entry().target(), providerId, message, DeliveryStatus.SENT);
    }
  }

  private void setStatus(Transaction tx, String message, DeliveryStatus status, Failure failure) {
    rooms.timeline().messages().setStatus(tx, message, status, failure, rooms.clock().instant());
  }

  private void failed(Transaction tx, OutboxEntry entry, Failure failure) throws SQLException {
    rooms.outbox().remove(tx, entry);
    setStatus(tx, entry.subject(), DeliveryStatus.FAILED, failure);
    rooms.timeline().announceMessage(tx, "message.failed", entry.subject());
  }

  private void later(Transaction tx, OutboxEntry entry, Instant due, Failure failure)
      throws SQLException {
    if (due.isAfter(entry.createdAt().plus(PATIENCE))) {
      String reason = "given up after " + PATIENCE.toHours() + " hours: " + failure.detail();
      rooms.deadLetters().add(tx, DeadLetters.Kind.SEND, entry.target(), entry.subject(), reason);
      failed(tx, entry, failure);
      return;
    }
    rooms.outbox().again(tx, entry, due, failure.detail());
  }

  private Instant backoff(OutboxEntry entry) {
    long doubled = FIRST_WAIT.toMillis() << Math.min(entry.attempts(), 16);
    long capped = Math.min(doubled, LONGEST_WAIT.toMillis());
    long jitter = Math.floorMod(entry.seq() * 2654435761L, Math.max(1, capped / 4));
    return rooms.clock().instant().plusMillis(capped / 2 + jitter);
  }

  private void unknown(Transaction tx, OutboxEntry entry, Failure failure) throws SQLException {
    Optional<ChannelInfo> account = rooms.directory().channel(entry.target());
    boolean harmless =
        account.isPresent()
            && (account.get().retryUnknown()
                || account.get().capabilities().grade(Feature.IDEMPOTENT_SEND) == Grade.FULL);
    if (harmless && failure.code() == Failure.Code.INTERNAL && entry.attempts() >= MOST_CRASHES) {
      String reason = "the connector failed on it again and again: " + failure.detail();
      rooms.deadLetters().add(tx, DeadLetters.Kind.SEND, entry.target(), entry.subject(), reason);
      failed(tx, entry, failure);
      return;
    }
    if (harmless) {
      later(tx, entry, backoff(entry), failure);
      return;
    }
    rooms.outbox().remove(tx, entry);
    setStatus(tx, entry.subject(), DeliveryStatus.UNCERTAIN, failure);
    rooms.timeline().announceMessage(tx, "message.updated", entry.subject());
  }

  /** A receipt came; one whose message is not known yet waits for it. */
  void receipt(
      Transaction tx,
      String account,
      List<String> targets,
      DeliveryStatus status,
      Failure failure,
      Instant at)
      throws SQLException {
    for (String target : targets) {
      Optional<String> message = rooms.timeline().providerIds().message(tx, account, target);
      if (message.isPresent()) {
        advance(tx, account, target, message.get(), status, failure);
        return;
      }
    }
    if (!targets.isEmpty()) {
      rooms.timeline().providerIds().park(tx, account, targets.getFirst(), status, failure, at);
    }
  }

  private void advance(
      Transaction tx,
      String account,
      String providerId,
      String message,
      DeliveryStatus status,
      Failure failure)
      throws SQLException {
    DeliveryStatus piece =
        rooms
            .timeline()
            .providerIds()
            .status(tx, account, providerId)
            .orElse(DeliveryStatus.QUEUED);
    if (piece == DeliveryStatus.RECEIVED || status.rank() <= piece.rank()) {
      return;
    }
    rooms.timeline().providerIds().setStatus(tx, account, providerId, status);
    DeliveryStatus whole = slowest(rooms.timeline().providerIds().statuses(tx, message));
    DeliveryStatus before =
        rooms.timeline().messages().find(tx, message).orElseThrow().message().status();
    boolean sending = before == DeliveryStatus.QUEUED && whole != DeliveryStatus.FAILED;
    if (whole.rank() > before.rank() && !sending) {
      setStatus(tx, message, whole, failure);
      announceStatus(tx, message, whole);
    }
  }

  /** A message is as far as its slowest piece, and has failed when one of them has. */
  static DeliveryStatus slowest(List<DeliveryStatus> pieces) {
    if (pieces.contains(DeliveryStatus.FAILED)) {
      return DeliveryStatus.FAILED;
    }
    return pieces.stream()
        .min((a, b) -> Integer.compare(a.rank(), b.rank()))
        .orElse(DeliveryStatus.QUEUED);
  }

  /** The customer has read everything that was sent to an identity on an account before a time. */
  void readUpTo(Transaction tx, String account, String identityId, Instant at) throws SQLException {
    List<String> unread =
        rooms.timeline().messages().newestOfIdentity(tx, identityId, account, 200).stream()
            .map(stored -> stored.message())
            .filter(m -> m.sentAt() != null && !m.sentAt().isAfter(at))
            .filter(
                m -> m.status() == DeliveryStatus.SENT || m.status() == DeliveryStatus.DELIVERED)
            .map(m -> m.providerId() == null ? "" : m.providerId())
            .filter(providerId -> !providerId.isEmpty())
            .toList();
    for (String providerId : unread) {
      receipt(tx, account, List.of(providerId), DeliveryStatus.READ, null, at);
    }
  }

  /**
   * What a person or an echo knows to be true of an uncertain message. False when it is not
   * uncertain.
   */
  boolean settle(Transaction tx, String message, DeliveryStatus truth) throws SQLException {
    DeliveryStatus before =
        rooms.timeline().messages().find(tx, message).orElseThrow().message().status();
    if (before != DeliveryStatus.UNCERTAIN) {
      return false;
    }
    Failure failure =
        truth == DeliveryStatus.FAILED
            ? Failure.of(Failure.Code.UNKNOWN_OUTCOME, "settled as not sent")
            : null;
    setStatus(tx, message, truth, failure);
    String type = truth == DeliveryStatus.FAILED ? "message.failed" : "message.sent";
    rooms.timeline().announceMessage(tx, type, message);
    return true;
  }
}
