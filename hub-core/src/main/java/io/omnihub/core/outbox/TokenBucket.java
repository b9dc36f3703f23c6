package io.omnihub.core.outbox;

import java.time.Duration;
import java.time.Instant;

/**
 * Holds tokens that come back one by one. Kept as the one time at which all of them will be back,
 * so that nothing has to be refilled. Guarded by the dispatcher's lock.
 */
final class TokenBucket {
  private final Duration interval;
  private final Duration depth;
  private Instant full = Instant.EPOCH;

  /**
   * A full bucket.
   *
   * @param interval in which one token comes back; with zero there are always tokens
   */
  TokenBucket(Duration interval, int burst) {
    this.interval = interval;
    depth = interval.multipliedBy(burst);
  }

  /** How long until there is a token, zero when there is one. */
  Duration untilNext(Instant now) {
    if (Duration.between(now, full).compareTo(depth) > 0) {
      // the clock was put back: the bucket is empty, but not more than that
      full = now.plus(depth);
    }
    Duration wait = Duration.between(now, full).minus(depth).plus(interval);
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  /** Takes the token that is there. */
  void take(Instant now) {
    full = (full.isBefore(now) ? now : full).plus(interval);
  }

  /** The token was not used after all. */
  void giveBack() {
    full = full.minus(interval);
  }
}
