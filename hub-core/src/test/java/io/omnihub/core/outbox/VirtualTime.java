package io.omnihub.core.outbox;

import io.omnihub.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Time that passes as fast as the test can do what is due: tasks run one after the other on the
 * test's thread, and when there is none left the clock jumps to the next timer.
 */
final class VirtualTime implements AutoCloseable {
  final ManualClock clock;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparing(Timer::at).thenComparingLong(Timer::number));
  private final Bells bells = new Bells();
  private long number;
  private int mostTimers;

  VirtualTime(Instant start) {
    clock = new ManualClock(start);
  }

  private record Timer(Instant at, long number, Runnable task) {}

  /** Only the one method that the dispatcher uses goes by the virtual time. */
  private final class Bells extends ScheduledThreadPoolExecutor {
    Bells() {
      super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
      add(task, Duration.of(delay, unit.toChronoUnit()));
      return super.schedule(() -> {}, 0, TimeUnit.NANOSECONDS);
    }
  }

  private synchronized void add(Runnable task, Duration delay) {
    timers.add(new Timer(clock.instant().plus(delay), number++, task));
    mostTimers = Math.max(mostTimers, timers.size());
  }

  private synchronized Optional<Timer> nextTimer(Instant latest) {
    return timers.isEmpty() || timers.peek().at().isAfter(latest)
        ? Optional.empty()
        : Optional.of(timers.poll());
  }

  Executor executor() {
    return tasks::add;
  }

  ScheduledExecutorService timer() {
    return bells;
  }

  /** How many timers were set at the same time. */
  synchronized int mostTimers() {
    return mostTimers;
  }

  /** Does what is due now. */
  void settle() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  /** Does what is due until then. */
  void passUntil(Instant end) {
    settle();
    for (Optional<Timer> next = nextTimer(end); next.isPresent(); next = nextTimer(end)) {
      if (next.get().at().isAfter(clock.instant())) {
        clock.set(next.get().at());
      }
      next.get().task().run();
      settle();
    }
    clock.set(end);
  }

  void pass(Duration time) {
    passUntil(clock.instant().plus(time));
  }

  @Override
  public void close() {
    bells.shutdownNow();
  }
}
