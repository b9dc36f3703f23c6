package io.omnihub.core.outbox;

import java.time.Instant;
import java.util.Locale;

/**
 * One intention.
 *
 * @param seq its place, and its identity
 * @param lane entries of one lane run one at a time, in order: the conversation of a turn, account
 *     and address of a send, subscription and conversation of a notification
 * @param target the backend, channel account or subscription
 * @param subject the conversation of a turn, the message of a send, the change of a notification
 * @param epoch the control lease under which it was made
 * @param upto last position that the turn covers; 0 while that is not decided
 * @param piece which piece of the message comes next
 * @param bulk whether live messages of the same account go before it
 * @param attempts how often it was begun
 * @param startedAt when it was begun first; null before
 */
public record OutboxEntry(
    long seq,
    Kind kind,
    String lane,
    String target,
    String subject,
    State state,
    long epoch,
    long upto,
    int piece,
    boolean bulk,
    int attempts,
    Instant createdAt,
    Instant startedAt,
    Instant dueAt) {

  /** What is intended. */
  public enum Kind {
    TURN,
    SEND,
    NOTIFY;

    /** As the database writes it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How far it is. */
  public enum State {
    /** Waits to be run. */
    READY,
    /** Was begun, and its end is not known yet. */
    INFLIGHT,
    /** A backend took the turn and will answer later. */
    AWAITING;

    /** As the database writes it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
