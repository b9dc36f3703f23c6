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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the oldest entry of each lane when it is due. A lane whose oldest entry waits for its time
 * waits with it: nothing overtakes. Safe for all threads.
 */
public final class Dispatcher implements LaneWatch {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final Store store;
  private final Clock clock;
  private final Alarm.Bell bell;
  private final Executor executor;
  private final Map<Kind, EntryRunner> runners = new EnumMap<>(Kind.class);
  private final Map<Lane.Key, Lane> lanes = new HashMap<>();
  private final Gates gates;
  private final Map<Kind, Integer> busy = new EnumMap<>(Kind.class);
  private Outbox outbox;
  private boolean stopping;

  /**
   * A dispatcher.
   *
   * @param executor runs entries, which block; one thread a task
   * @param limits of backends, accounts and subscribers
   */
  public Dispatcher(
      Store store,
      Clock clock,
      ScheduledExecutorService timer,
      Executor executor,
      Limits.Book limits) {
    this.store = store;
    this.clock = clock;
    bell = new Alarm.Bell(clock, timer, this);
    this.executor = executor;
    gates = new Gates(limits, clock);
  }

  /** Begins to run what is there and what comes. */
  public void start(Outbox table, Map<Kind, EntryRunner> byKind) {
    // by the writer: what is written before is found, and of what is written behind it is told
    store.write(
        tx -> {
          List<Outbox.Head> heads = table.heads(tx);
          tx.afterCommit(() -> begin(table, byKind, heads));
          return null;
        });
  }

  private synchronized void begin(
      Outbox table, Map<Kind, EntryRunner> byKind, List<Outbox.Head> heads) {
    runners.putAll(byKind);
    outbox = table;
    heads.forEach(this::found);
  }

  private void found(Outbox.Head head) {
    OutboxEntry entry = head.entry();
    Lane lane = new Lane(new Lane.Key(entry.kind(), entry.lane()));
    if (lanes.putIfAbsent(lane.key, lane) == null) {
      lane.more = true;
      lane.urgent = head.urgent();
      beginOrWait(lane, entry);
    }
  }

  /** Begins nothing more; what runs is finished by its runner. */
  public synchronized void stop() {
    stopping = true;
    for (Lane lane : lanes.values()) {
      if (lane.head != null) {
        gates.of(lane.head).forget(lane);
        lane.head = null;
        setBusy(lane, false);
      }
    }
  }

  /**
   * How many lanes of a kind run something or are about to. Those that wait for a token, or for a
   * target that fails, are not counted.
   */
  public synchronized int busy(Kind kind) {
    return busy.getOrDefault(kind, 0) - gates.held(kind);
  }

  /** Whether calls to a target are kept away from it because it fails. */
  public synchronized BreakerState breaker(Kind kind, String target) {
    return gates.breaker(kind, target);
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

  @Override
  public boolean claim(Transaction tx, Kind kind, String name, String target, boolean bulk) {
    Lane.Key key = new Lane.Key(kind, name);
    synchronized (this) {
      if (stopping || outbox == null || lanes.containsKey(key)) {
        return false;
      }
      if (!gates.of(kind, target).enter(key, bulk)) {
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
    finished(lane);
    Gate gate = gates.of(lane.key.kind(), target);
    gate.giveBack(lane.key);
    serve(gate);
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
    } else if (lane.head != null && lane.ended) {
      gates.of(lane.head).forget(lane);
      lane.head = null;
      execute(() -> goOn(lane));
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
    hurry(lane, wake);
    if (lane.busy) {
      return;
    }
    if (clock.instant().isBefore(wake.at())) {
      lookAt(lane, wake.at());
    } else {
      look(lane.key);
    }
  }

  /** What is live does not wait with the bulk that happens to be before it. */
  private void hurry(Lane lane, Wake wake) {
    lane.urgent |= !wake.bulk();
    if (lane.head != null && lane.urgent) {
      gates.of(lane.head).hurry(lane);
    }
  }

  private void lookAt(Lane lane, Instant at) {
    lane.alarm.set(bell, at, () -> look(lane.key));
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
    Verdict[] verdict = {Verdict.NEITHER};
    boolean ran =
        runSafely(entry, () -> verdict[0] = runners.get(entry.kind()).run(entry, claimed));
    synchronized (this) {
      Gate gate = gates.of(entry);
      gate.leave(verdict[0]);
      serve(gate);
    }
    after(lane, ran);
  }

  /** Ends the head, which has waited for too long. */
  private void giveUp(Lane lane, OutboxEntry entry) {
    after(lane, runSafely(entry, () -> runners.get(entry.kind()).giveUp(entry)));
  }

  private void after(Lane lane, boolean ran) {
    synchronized (this) {
      boolean left = !lane.ended && !lane.changed;
      if (!ran || left) {
        lane.changed = true;
        setBusy(lane, false);
        lookAt(lane, clock.instant().plus(AFTER_FAILURE));
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

  /** Begins what may begin, ends what has waited for too long, and looks again in time. */
  private void serve(Gate gate) {
    for (Lane lane : gate.overdue()) {
      OutboxEntry head = takeHead(lane);
      execute(() -> giveUp(lane, head));
    }
    for (Optional<Lane> next = gate.next(); next.isPresent(); next = gate.next()) {
      Lane lane = next.get();
      OutboxEntry head = takeHead(lane);
      execute(() -> work(lane, head, false));
    }
    gate.nextLook().ifPresent(at -> gate.alarm.set(bell, at, () -> serve(gate)));
  }

  private static OutboxEntry takeHead(Lane lane) {
    OutboxEntry head = lane.head;
    lane.head = null;
    return head;
  }

  private boolean runSafely(OutboxEntry entry, Runnable run) {
    try {
      run.run();
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
        lookAt(lane, clock.instant().plus(AFTER_FAILURE));
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
    beginOrWait(lane, next.getFirst());
    return false;
  }

  private void beginOrWait(Lane lane, OutboxEntry head) {
    Duration rest = gates.of(head).rest(lane.key);
    boolean due = isDue(lane, head);
    setBusy(lane, due && rest.isZero());
    if (lane.busy) {
      begin(lane, head);
    } else if (due) {
      lookAt(lane, clock.instant().plus(rest));
    } else {
      waitFor(lane, head);
    }
  }

  private void begin(Lane lane, OutboxEntry head) {
    Gate gate = gates.of(head);
    lane.current = head.seq();
    lane.urgent |= !head.bulk();
    if (gate.isOverdue(lane, head)) {
      execute(() -> giveUp(lane, head));
    } else if (gate.enter(lane.key, head.bulk() && !lane.urgent)) {
      execute(() -> work(lane, head, false));
    } else {
      lane.head = head;
      gate.waitInLine(lane);
      serve(gate);
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
    Instant waited = clock.instant().plusNanos(lane.dueNanos - System.nanoTime());
    lookAt(lane, waited.isBefore(head.dueAt()) ? waited : head.dueAt());
  }
}
