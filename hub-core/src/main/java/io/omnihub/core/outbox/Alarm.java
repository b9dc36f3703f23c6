package io.omnihub.core.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rings once, at the earliest time that it was set to; so however often it is set, one timer
 * counts. Guarded by the dispatcher's lock.
 */
final class Alarm {
  private static final Logger LOG = LoggerFactory.getLogger(Alarm.class);

  /** Nobody relies on one timer for longer: a machine may sleep, a clock may be put forward. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

  private Instant at = Instant.MIN;
  private long ticket;

  /**
   * What alarms ring by.
   *
   * @param lock is held while one rings
   */
  record Bell(Clock clock, ScheduledExecutorService timer, Object lock) {}

  /** Does it at the time, or a little early if that is far away; unless it rings before. */
  void set(Bell bell, Instant wanted, Runnable then) {
    Instant now = bell.clock().instant();
    if (now.isBefore(at) && !wanted.isBefore(at)) {
      return;
    }
    at = wanted;
    long started = ++ticket;
    Duration left = Duration.between(now, wanted);
    long nanos = (left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN).toNanos();
    try {
      var unused =
          bell.timer().schedule(() -> ring(bell, started, then), nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("the hub is closing, what waits is left for the next run");
    }
  }

  private void ring(Bell bell, long started, Runnable then) {
    synchronized (bell.lock()) {
      if (started == ticket) {
        at = Instant.MIN;
        then.run();
      }
    }
  }
}
