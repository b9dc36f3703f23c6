package io.omnihub.core.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Keeps calls away from a target that fails: after some failures in a row nothing begins for a
 * while, then one entry tries whether it works again. Guarded by the dispatcher's lock.
 */
final class Breaker {
  static final int FAILURES = 5;
  static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  private final Clock clock;
  private Phase phase = Phase.CLOSED;
  private int failures;
  private Duration pause = FIRST_PAUSE;
  private Instant until = Instant.EPOCH;
  private Instant since = Instant.EPOCH;

  Breaker(Clock clock) {
    this.clock = clock;
  }

  private enum Phase {
    CLOSED,
    OPEN,
    PROBING
  }

  boolean isClosed() {
    return phase == Phase.CLOSED;
  }

  /** When it opened, when it is not closed. */
  Instant since() {
    return since;
  }

  /** When the pause ends, when it is open. */
  Instant until() {
    Instant now = clock.instant();
    if (Duration.between(now, until).compareTo(pause) > 0) {
      // the clock was put back
      until = now.plus(pause);
    }
    return until;
  }

  private boolean pausing() {
    return phase == Phase.OPEN && clock.instant().isBefore(until());
  }

  /** Whether an entry may begin now. */
  boolean admits() {
    return isClosed() || (phase == Phase.OPEN && !pausing());
  }

  /** Whether there is a pause, at whose end an entry may begin. */
  boolean isPaused() {
    return phase == Phase.OPEN;
  }

  /** An admitted entry begins; if it is the one that tries, no other is admitted. */
  void begin() {
    if (phase == Phase.OPEN) {
      phase = Phase.PROBING;
    }
  }

  /** How a run went; also of one that began before the last change. */
  void tell(Verdict verdict) {
    switch (verdict) {
      case WELL -> close();
      case FAILED -> failed();
      case NEITHER -> tryAgain();
    }
  }

  private void close() {
    phase = Phase.CLOSED;
    failures = 0;
    pause = FIRST_PAUSE;
  }

  private void failed() {
    if (phase == Phase.CLOSED && ++failures >= FAILURES) {
      since = clock.instant();
      open();
    } else if (phase == Phase.PROBING) {
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
      open();
    }
  }

  private void open() {
    phase = Phase.OPEN;
    until = clock.instant().plus(pause);
  }

  private void tryAgain() {
    if (phase == Phase.PROBING) {
      phase = Phase.OPEN;
      until = clock.instant();
    }
  }

  /** As operators see it; once the pause is over, the next entry tries. */
  BreakerState state() {
    return switch (phase) {
      case CLOSED -> BreakerState.CLOSED;
      case PROBING -> BreakerState.HALF_OPEN;
      case OPEN ->
          pausing() ? new BreakerState(BreakerState.Phase.OPEN, until) : BreakerState.HALF_OPEN;
    };
  }
}
