package io.omnihub.core.subscription;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after a failed attempt: doubled from one second to five minutes, up to a fifth
 * less by chance so that many do not come back at once, and no less than the subscriber asks for.
 */
record Backoff(RandomGenerator random) {
  private static final long FIRST_MILLIS = 1000;
  private static final long LONGEST_MILLIS = Duration.ofMinutes(5).toMillis();
  private static final Duration LONGEST_ASKED = Duration.ofHours(1);
  private static final double JITTER = 0.2;

  /**
   * The wait.
   *
   * @param attempts failed ones before this one
   * @param asked what the subscriber asks for
   */
  Duration after(int attempts, Duration asked) {
    long doubled = FIRST_MILLIS << Math.min(attempts, 16);
    long capped = Math.min(doubled, LONGEST_MILLIS);
    Duration own = Duration.ofMillis((long) (capped * (1 - JITTER * random.nextDouble())));
    Duration granted = asked.compareTo(LONGEST_ASKED) < 0 ? asked : LONGEST_ASKED;
    return own.compareTo(granted) > 0 ? own : granted;
  }
}
