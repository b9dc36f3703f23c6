package io.omnihub.core.outbox;

import io.omnihub.core.outbox.OutboxEntry.Kind;
import io.omnihub.core.store.Store;
import io.omnihub.core.store.StoreUnavailableException;
import io.omnihub.core.store.Transaction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the oldest entry of each lane when it is due. A lane whose oldest entry waits for its time
 * waits with it: nothing overtakes. Safe for all threads.
 */
public final class Dispatcher implements LaneWatch {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  /** Nobody relies on one timer for longer: a machine may sleep, a clock may be put forward. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

  /**
   * So many calls to one backend, account or subscriber are under way at a time; a backlog shall
   * not knock a subscriber over.
   */
  private static int room(Kind kind) {
    return switch (kind) {
      case TURN, SEND -> 512;
      case NOTIFY -> 16;
    };
  }

  private final Store store;
  private final Clock clock;
  private final ScheduledExecutorService timer;
  private final Executor executor;
  private final Map<Kind, EntryRunner> runners = new EnumMap<>(Kind.class);
  private final Map<Lane.Key, Lane> lanes = new HashMap<>();
  private final Map<Lane.Key, Gate> gates = new HashMap<>();
  private final Map<Kind, Integer> busy = new EnumMap<>(Kind.class);
  private Outbox outbox;
  private boolean stopping;

  /**
   * A dispatcher.
   *
   * @param executor runs entries, which block; one thread a task
   */
  public Dispatcher(Store store, Clock clock, ScheduledExecutorService timer, Executor executor) {
    this.store = store;
    this.clock = clock;
    this.timer = timer;
    this.executor = executor;
  }

  /** Begins to run what is there and what comes. */
  public void start(Outbox table, Map<Kind, EntryRunner> byKind) {
    List<OutboxEntry> heads = store.read(table::heads);
    synchronized (this) {
      runners.putAll(byKind);
      outbox = table;
      heads.forEach(this::found);
    }
  }

  private void found(OutboxEntry head) {
    Lane lane = new Lane(new Lane.Key(head.kind(), head.lane()));
    if (lanes.putIfAbsent(lane.key, lane) == null) {
      lane.more = true;
      if (isDue(lane, head)) {
        setBusy(lane, true);
        begin(lane, head);
      } else {
        waitFor(lane, head);
      }
    }
  }

  /** Begins nothing more; what runs is finished by its runner. */
  public synchronized void stop() {
    stopping = true;
    for (Lane lane : lanes.values()) {
      if (lane.head != null) {
        lane.head = null;
        setBusy(lane, false);
      }
    }
  }

  /** How many lanes of a kind have something to run now. */
  public synchronized int busy(Kind kind) {
    return busy.getOrDefault(kind, 0);
  }

  /** How many lanes of a kind have something in the table, whenever it is due. */
  public synchronized long waiting(Kind kind) {
    return lanes.keySet().stream().filter(key -> key.kind() == kind).count();
  }

  private void setBusy(Lane lane, boolean now) {
    if (lane.busy != now) {
      lane.busy = now;
      busy.merge(lane.key.kind(), now ? 1 : -1, Integer::sum);
    }
  }

  private Gate gate(Kind kind, String target) {
    return gates.computeIfAbsent(new Lane.Key(kind, target), key -> new Gate(room(kind)));
  }

  @Override
  public boolean claim(Transaction tx, Kind kind, String name, String target) {
    Lane.Key key = new Lane.Key(kind, name);
    synchronized (this) {
      if (stopping || outbox == null || lanes.containsKey(key) || !gate(kind, target).enter()) {
        return false;
      }
      Lane lane = new Lane(key);
      lanes.put(key, lane);
      setBusy(lane, true);
      tx.onRollback(lane, () -> unclaim(lane, target));
      return true;
    }
  }

  private synchronized void unclaim(Lane lane, String target) {
    setBusy(lane, false);
    lanes.remove(lane.key);
    leave(lane.key.kind(), target);
  }

  @Override
  public void claimed(OutboxEntry entry) {
    Lane lane;
    synchronized (this) {
      lane = lanes.get(new Lane.Key(entry.kind(), entry.lane()));
      lane.current = entry.seq();
    }
    execute(() -> work(lane, entry, true));
  }

  @Override
  public synchronized void removed(OutboxEntry entry) {
    Lane lane = lanes.get(new Lane.Key(entry.kind(), entry.lane()));
    if (lane == null) {
      return;
    }
    lane.changed |= lane.current != entry.seq();
    lane.ended |= lane.current == entry.seq();
    if (!lane.busy) {
      look(lane.key);
    }
  }

  /** Looks at a lane at a time. */
  @Override
  public synchronized void wake(Wake wake) {
    if (stopping || outbox == null) {
      return;
    }
    Lane lane = lanes.computeIfAbsent(new Lane.Key(wake.kind(), wake.lane()), Lane::new);
    lane.changed = true;
    if (lane.busy) {
      return;
    }
    if (clock.instant().isBefore(wake.at())) {
      lookAt(lane.key, wake.at());
    } else {
      look(lane.key);
    }
  }

  private void lookAt(Lane.Key key, Instant at) {
    Duration wanted = Duration.between(clock.instant(), at);
    Duration left = wanted.compareTo(LOOK_AGAIN) < 0 ? wanted : LOOK_AGAIN;
    try {
      var unused = timer.schedule(() -> look(key), left.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("the hub is closing, lane {} waits for the next run", key.kind());
    }
  }

  private synchronized void look(Lane.Key key) {
    Lane lane = lanes.get(key);
    if (lane != null && !lane.busy && !stopping) {
      setBusy(lane, true);
      execute(() -> goOn(lane));
    }
  }

  private void execute(Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("the hub is closing, a lane waits for the next run");
    }
  }

  /** Runs the head, which the lane has a place for. */
  private void work(Lane lane, OutboxEntry entry, boolean claimed) {
    boolean ran = runSafely(entry, claimed);
    synchronized (this) {
      leave(entry.kind(), entry.target());
      boolean left = !lane.ended && !lane.changed;
      if (!ran || left) {
        lane.changed = true;
        setBusy(lane, false);
        lookAt(lane.key, clock.instant().plus(AFTER_FAILURE));
        return;
      }
      if (!lane.changed && !lane.more) {
        finished(lane);
        return;
      }
    }
    goOn(lane);
  }

  private void finished(Lane lane) {
    setBusy(lane, false);
    lanes.remove(lane.key);
  }

  private void leave(Kind kind, String target) {
    Optional<Lane> next = gate(kind, target).leave();
    while (next.isPresent() && !takesPlace(next.get())) {
      next = gate(kind, target).leave();
    }
  }

  /** False when the lane that waited has nothing to run any more. */
  private boolean takesPlace(Lane lane) {
    OutboxEntry head = lane.head;
    lane.head = null;
    if (stopping || head == null) {
      return false;
    }
    if (lane.ended) {
      execute(() -> goOn(lane));
      return false;
    }
    execute(() -> work(lane, head, false));
    return true;
  }

  private boolean runSafely(OutboxEntry entry, boolean claimed) {
    try {
      runners.get(entry.kind()).run(entry, claimed);
      return true;
    } catch (StoreUnavailableException e) {
      LOG.warn("the store is away, a {} waits: {}", entry.kind().word(), e.getMessage());
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue("subject", entry.subject())
          .setCause(e)
          .log("running the {} {} failed", entry.kind().word(), entry.seq());
    }
    return false;
  }

  /** Reads what comes next in a lane, and begins it when it is due. */
  private void goOn(Lane lane) {
    synchronized (this) {
      if (stopping) {
        setBusy(lane, false);
        return;
      }
      lane.changed = false;
      lane.ended = false;
      lane.current = 0;
    }
    List<OutboxEntry> next;
    try {
      next = store.read(tx -> outbox.next(tx, lane.key.kind(), lane.key.lane()));
    } catch (StoreUnavailableException e) {
      LOG.warn("the store is away, a {} waits: {}", lane.key.kind().word(), e.getMessage());
      synchronized (this) {
        lane.changed = true;
        setBusy(lane, false);
        lookAt(lane.key, clock.instant().plus(AFTER_FAILURE));
      }
      return;
    }
    if (decide(lane, next)) {
      execute(() -> goOn(lane));
    }
  }

  /** Answers whether something has changed meanwhile, so that the lane must be read again. */
  private synchronized boolean decide(Lane lane, List<OutboxEntry> next) {
    if (lane.changed || lane.ended) {
      return true;
    }
    if (next.isEmpty()) {
      finished(lane);
      return false;
    }
    lane.more = next.size() > 1;
    if (isDue(lane, next.getFirst())) {
      begin(lane, next.getFirst());
    } else {
      setBusy(lane, false);
      waitFor(lane, next.getFirst());
    }
    return false;
  }

  private void begin(Lane lane, OutboxEntry head) {
    Gate gate = gate(head.kind(), head.target());
    lane.current = head.seq();
    if (gate.enter()) {
      execute(() -> work(lane, head, false));
    } else {
      lane.head = head;
      gate.waitInLine(lane);
    }
  }

  /**
   * An entry is due when its time has come, or when it has waited as long as it was to wait: a
   * clock that is put back delays nothing.
   */
  private boolean isDue(Lane lane, OutboxEntry entry) {
    boolean waited = entry.equals(lane.waitsFor) && System.nanoTime() - lane.dueNanos >= 0;
    return waited || !clock.instant().isBefore(entry.dueAt());
  }

  private void waitFor(Lane lane, OutboxEntry head) {
    if (!head.equals(lane.waitsFor)) {
      lane.waitsFor = head;
      lane.dueNanos = System.nanoTime() + Duration.between(clock.instant(), head.dueAt()).toNanos();
    }
    long left = lane.dueNanos - System.nanoTime();
    lookAt(lane.key, clock.instant().plusNanos(left));
  }
}
