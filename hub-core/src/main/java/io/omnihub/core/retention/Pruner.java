package io.omnihub.core.retention;

import io.micrometer.core.instrument.MeterRegistry;
import io.omnihub.core.store.Store;
import io.omnihub.core.store.Transaction;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes round every few minutes and deletes what is older than its rule allows. A slice is one unit
 * of writing; between two slices others have their turn, and while the writer's queue is full the
 * round ends early. Safe for all threads; one round runs at a time.
 */
public final class Pruner {
  private static final Logger LOG = LoggerFactory.getLogger(Pruner.class);

  private final Store store;
  private final Clock clock;
  private final MeterRegistry meters;
  private final Duration pause;
  private final List<Rule> rules;
  private final AtomicBoolean running = new AtomicBoolean();
  private volatile boolean stopping;

  /**
   * A pruner.
   *
   * @param pause between two slices
   */
  public Pruner(Store store, Clock clock, MeterRegistry meters, Duration pause, List<Rule> rules) {
    this.store = store;
    this.clock = clock;
    this.meters = meters;
    this.pause = pause;
    this.rules = List.copyOf(rules);
  }

  /** Deletes rows of a table. */
  public interface Prunable {

    /**
     * Deletes rows that are older than a moment, in epoch milliseconds; at most so many. Answers
     * how many it deleted: fewer than the limit means that no more are that old.
     */
    int prune(Transaction tx, long before, int limit) throws SQLException;
  }

  /**
   * What is deleted when.
   *
   * @param name for people
   * @param slice rows that are deleted in one unit of writing
   */
  public record Rule(String name, Duration age, int slice, Prunable prunable) {
    private static final int LARGEST = 500;

    public Rule {
      if (slice < 1 || slice > LARGEST) {
        throw new IllegalArgumentException("a slice has 1 to " + LARGEST + " rows");
      }
    }
  }

  /** Goes round again and again; the first time soon, when the start is over. */
  public void start(ScheduledExecutorService timer, Executor executor, Duration every) {
    var unused =
        timer.scheduleWithFixedDelay(
            () -> executor.execute(this::round),
            every.toMillis() / 5,
            every.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** No further slice is begun. */
  public void stop() {
    stopping = true;
  }

  /** Deletes all that is old by now, unless a round is under way or the store is too busy. */
  public void round() {
    if (running.compareAndSet(false, true)) {
      try {
        for (Rule rule : rules) {
          prune(rule);
        }
      } catch (RuntimeException e) {
        LOG.warn("nothing more is deleted by age in this round: {}", e.getMessage());
      } finally {
        running.set(false);
      }
    }
  }

  private void prune(Rule rule) {
    long before = clock.instant().minus(rule.age()).toEpochMilli();
    long deleted = 0;
    int last = rule.slice();
    while (last == rule.slice() && !stopping) {
      Optional<CompletableFuture<Integer>> slice =
          store.offer(tx -> rule.prunable().prune(tx, before, rule.slice()));
      last = slice.isPresent() ? Store.join(slice.get()) : 0;
      deleted += last;
      if (last == rule.slice()) {
        LockSupport.parkNanos(pause.toNanos());
      }
    }
    if (deleted > 0) {
      meters.counter("omnihub.pruned", "what", rule.name()).increment((double) deleted);
      LOG.info("deleted {} {} by age", deleted, rule.name());
    }
  }
}
