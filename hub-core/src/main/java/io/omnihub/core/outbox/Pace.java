package io.omnihub.core.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers when each lane may begin its next entry. What is past is forgotten, and with very many
 * lanes the oldest. Guarded by the dispatcher's lock.
 */
final class Pace {
  static final int MOST_LANES = 100_000;

  private final Duration interval;
  private final Map<String, Instant> next = new LinkedHashMap<>();

  /**
   * Remembers nothing yet.
   *
   * @param interval between two begins of a lane; zero is no limit
   */
  Pace(Duration interval) {
    this.interval = interval;
  }

  /** How long until the lane may begin, zero when it may. */
  Duration untilNext(String lane, Instant now) {
    Instant at = next.get(lane);
    if (at == null || !now.isBefore(at)) {
      return Duration.ZERO;
    }
    Duration left = Duration.between(now, at);
    if (left.compareTo(interval) <= 0) {
      return left;
    }
    // the clock was put back, which is no reason to wait longer
    next.put(lane, now.plus(interval));
    return interval;
  }

  void begun(String lane, Instant now) {
    if (interval.isZero()) {
      return;
    }
    next.remove(lane);
    next.put(lane, now.plus(interval));
    Iterator<Instant> oldest = next.values().iterator();
    while (!oldest.next().isAfter(now) || next.size() > MOST_LANES) {
      oldest.remove();
    }
  }

  /** It did not begin after all. */
  void giveBack(String lane) {
    next.remove(lane);
  }

  int size() {
    return next.size();
  }
}
