package io.omnihub.core.journal;

import io.omnihub.api.model.InboundEvent;
import java.time.Instant;

/**
 * An event of a channel, as the journal keeps it.
 *
 * @param seq its place in the journal
 * @param rawSeq the raw payload that it came in, 0 when none was kept
 */
public record Fact(long seq, String account, InboundEvent event, long rawSeq, Instant receivedAt) {

  /** The same fact with a completed event. */
  public Fact with(InboundEvent completed) {
    return new Fact(seq, account, completed, rawSeq, receivedAt);
  }
}
