package io.omnihub.core.outbox;

import io.omnihub.api.model.SendOutcome;
import java.time.Instant;

/**
 * A piece of a message came to an end.
 *
 * @param conversation of the message; empty when the message is no longer there
 * @param pieces how many pieces the message has in all
 * @param beganAt when the provider was called
 */
public record SendEnd(
    OutboxEntry entry, String conversation, int pieces, Instant beganAt, SendOutcome outcome) {

  /** Whether it was the last piece. */
  public boolean isLast() {
    return entry.piece() + 1 >= pieces;
  }
}
