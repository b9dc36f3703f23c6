package io.omnihub.dist.faults;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * How fast people write, and until when.
 *
 * @param longestPause between two messages of one person; the shortest is none
 * @param perPerson after so many messages somebody new takes the seat
 */
record Pace(Duration longestPause, int perPerson, AtomicBoolean writing) {

  static Pace of(Duration longestPause) {
    return new Pace(longestPause, 120, new AtomicBoolean(true));
  }

  boolean goesOn() {
    return writing.get();
  }

  void stop() {
    writing.set(false);
  }

  void pause(Random random) {
    LockSupport.parkNanos((long) (random.nextDouble() * longestPause.toNanos()));
  }
}
