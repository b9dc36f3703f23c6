package io.omnihub.core.outbox;

import java.time.Instant;
import java.util.Locale;

/**
 * Whether calls are kept away from a target.
 *
 * @param nextAttemptAt when the next entry may begin; null when one may begin now or is under way
 */
public record BreakerState(Phase phase, Instant nextAttemptAt) {
  static final BreakerState CLOSED = new BreakerState(Phase.CLOSED, null);
  static final BreakerState HALF_OPEN = new BreakerState(Phase.HALF_OPEN, null);

  /** What is let through. */
  public enum Phase {
    /** Everything. */
    CLOSED,
    /** Nothing, for a while. */
    OPEN,
    /** One entry, which tries whether the target works again. */
    HALF_OPEN;

    /** As the API writes it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
