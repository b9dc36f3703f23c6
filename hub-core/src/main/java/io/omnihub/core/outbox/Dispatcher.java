package io.omnihub.core.outbox;

import io.omnihub.core.lane.Lanes;
import io.omnihub.core.outbox.Outbox.Wake;
import io.omnihub.core.outbox.OutboxEntry.Kind;
import io.omnihub.core.store.Store;
import io.omnihub.core.store.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the oldest entry of each lane when it is due. A lane whose oldest entry waits for its time
 * waits with it: nothing overtakes. Safe for all threads.
 */
public final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final Store store;
  private final Clock clock;
  private final ScheduledExecutorService timer;
  private final Map<Kind, Lanes> lanes;
  private final Map<Kind, EntryRunner> runners = new EnumMap<>(Kind.class);
  private volatile Outbox outbox;
  private volatile boolean stopping;

  public Dispatcher(
      Store store, Clock clock, ScheduledExecutorService timer, Map<Kind, Lanes> lanes) {
    this.store = store;
    this.clock = clock;
    this.timer = timer;
    this.lanes = Map.copyOf(lanes);
  }

  /** Begins to run what is there and what comes. */
  public void start(Outbox table, Map<Kind, EntryRunner> byKind) {
    runners.putAll(byKind);
    outbox = table;
    for (OutboxEntry entry : store.read(table::all)) {
      wake(new Wake(entry.kind(), entry.lane(), entry.dueAt()));
    }
  }

  /** Begins nothing more; what runs is finished by its runner. */
  public void stop() {
    stopping = true;
  }

  /** How many lanes of a kind have something to run now. */
  public int busy(Kind kind) {
    return lanes.get(kind).busy();
  }

  /** Looks at a lane at a time. */
  public void wake(Wake wake) {
    if (stopping) {
      return;
    }
    Duration left = Duration.between(clock.instant(), wake.at());
    if (!left.isPositive()) {
      lanes.get(wake.kind()).submit(wake.lane(), () -> runHead(wake));
      return;
    }
    try {
      var unused =
          timer.schedule(
              () -> lanes.get(wake.kind()).submit(wake.lane(), () -> runHead(wake)),
              left.toNanos(),
              TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("the hub is closing, lane {} waits for the next run", wake.kind());
    }
  }

  private void runHead(Wake wake) {
    if (stopping || outbox == null) {
      return;
    }
    try {
      Optional<OutboxEntry> head = store.read(tx -> outbox.head(tx, wake.kind(), wake.lane()));
      if (head.isEmpty()) {
        return;
      }
      if (clock.instant().isBefore(head.get().dueAt())) {
        wake(new Wake(wake.kind(), wake.lane(), head.get().dueAt()));
      } else {
        run(wake, head.get());
      }
    } catch (StoreUnavailableException e) {
      LOG.warn("the store is away, a {} waits: {}", wake.kind().word(), e.getMessage());
      later(wake);
    }
  }

  private void run(Wake wake, OutboxEntry entry) {
    try {
      runners.get(wake.kind()).run(entry);
    } catch (StoreUnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("running the {} {} failed", wake.kind().word(), entry.seq(), e);
      later(wake);
      return;
    }
    Optional<OutboxEntry> after = store.read(tx -> outbox.head(tx, wake.kind(), wake.lane()));
    if (after.isPresent() && after.get().equals(entry)) {
      later(wake);
    }
  }

  private void later(Wake wake) {
    Instant at = clock.instant().plus(AFTER_FAILURE);
    wake(new Wake(wake.kind(), wake.lane(), at));
  }
}
