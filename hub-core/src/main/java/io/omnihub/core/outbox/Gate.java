package io.omnihub.core.outbox;

import io.omnihub.core.outbox.OutboxEntry.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether the next entry of one backend or account may begin: there must be room, a token,
 * and a target that works. Lanes that may not begin wait in two lines, of which live goes before
 * bulk. A slow target so fills its own gate and nothing else. Guarded by the dispatcher's lock.
 */
final class Gate {
  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  /** How exactly the end of patience is kept; the lines are gone through that often at most. */
  private static final long SWEEP_MILLIS = 100;

  final Alarm alarm = new Alarm();
  private final Lane.Key name;
  private final Limits limits;
  private final Clock clock;
  private final TokenBucket tokens;
  private final Pace pace;
  private final Breaker breaker;
  private final Set<Lane> live = new LinkedHashSet<>();
  private final Set<Lane> bulk = new LinkedHashSet<>();
  private int room;
  private Instant sweepAt = Instant.MAX;

  /**
   * An empty gate.
   *
   * @param name kind and target
   */
  Gate(Lane.Key name, Limits limits, Clock clock) {
    this.name = name;
    this.limits = limits;
    this.clock = clock;
    room = limits.room();
    tokens = new TokenBucket(limits.interval(), limits.burst());
    pace = new Pace(limits.laneInterval());
    breaker = new Breaker(clock);
  }

  /** How long the lane must rest before its next entry, whatever the gate says. */
  Duration rest(Lane.Key lane) {
    return pace.untilNext(lane.lane(), clock.instant());
  }

  /** Takes a place and a token, if there are and nobody waits for them. */
  boolean enter(Lane.Key lane, boolean isBulk) {
    boolean first = live.isEmpty() && (!isBulk || bulk.isEmpty());
    if (!first || !isOpen() || !rest(lane).isZero()) {
      return false;
    }
    take(lane);
    return true;
  }

  private boolean isOpen() {
    return room > 0 && breaker.admits() && tokens.untilNext(clock.instant()).isZero();
  }

  private void take(Lane.Key lane) {
    Instant now = clock.instant();
    room--;
    tokens.take(now);
    pace.begun(lane.lane(), now);
    breaker.begin();
  }

  void waitInLine(Lane lane) {
    if (lane.head.bulk() && !lane.urgent) {
      bulk.add(lane);
    } else {
      live.add(lane);
    }
    if (!breaker.isClosed()) {
      sweepAfter(deadline(lane, lane.head));
    }
  }

  /** Something live has come in behind the bulk message that the lane waits with. */
  void hurry(Lane lane) {
    if (bulk.remove(lane)) {
      live.add(lane);
    }
  }

  void forget(Lane lane) {
    if (!live.remove(lane)) {
      bulk.remove(lane);
    }
  }

  /**
   * The lane whose turn it is, which has a place and a token by that; empty when none may begin.
   */
  Optional<Lane> next() {
    Set<Lane> line = live.isEmpty() ? bulk : live;
    if (line.isEmpty() || !isOpen()) {
      return Optional.empty();
    }
    Lane lane = line.iterator().next();
    line.remove(lane);
    if (!breaker.isClosed()) {
      lane.waitedSince = waitsSince(lane, lane.head);
      lane.tried = lane.head.seq();
    }
    take(lane.key);
    return Optional.of(lane);
  }

  /** What entered did not begin after all. */
  void giveBack(Lane.Key lane) {
    room++;
    tokens.giveBack();
    pace.giveBack(lane.lane());
    breaker.tell(Verdict.NEITHER);
  }

  /** What entered has ended. */
  void leave(Verdict verdict) {
    room++;
    boolean closed = breaker.isClosed();
    breaker.tell(verdict);
    if (closed && !breaker.isClosed()) {
      sweepAt = clock.instant();
      LOG.warn("{} failed {} times in a row, nothing begins for a while", this, Breaker.FAILURES);
    } else if (!closed && breaker.isClosed()) {
      sweepAt = Instant.MAX;
      LOG.info("{} works again", this);
    }
  }

  /** Whether a head has waited for as long as it may for a target that fails. */
  boolean isOverdue(Lane lane, OutboxEntry head) {
    return !breaker.isClosed() && !clock.instant().isBefore(deadline(lane, head));
  }

  private Instant deadline(Lane lane, OutboxEntry head) {
    return waitsSince(lane, head).plus(limits.patience());
  }

  /** What was not begun before the target failed, has waited for other reasons until then. */
  private Instant waitsSince(Lane lane, OutboxEntry head) {
    if (lane.tried == head.seq()) {
      return lane.waitedSince;
    }
    if (head.startedAt() != null) {
      return head.startedAt();
    }
    Instant since = breaker.since();
    return head.createdAt().isBefore(since) ? since : head.createdAt();
  }

  private void sweepAfter(Instant deadline) {
    Instant at = deadline.plusMillis(SWEEP_MILLIS - deadline.toEpochMilli() % SWEEP_MILLIS);
    sweepAt = at.isBefore(sweepAt) ? at : sweepAt;
  }

  /** Takes those out of the lines that are overdue. */
  List<Lane> overdue() {
    if (breaker.isClosed() || clock.instant().isBefore(sweepAt)) {
      return List.of();
    }
    sweepAt = Instant.MAX;
    List<Lane> found = new ArrayList<>();
    for (Set<Lane> line : List.of(live, bulk)) {
      for (Iterator<Lane> each = line.iterator(); each.hasNext(); ) {
        Lane lane = each.next();
        if (isOverdue(lane, lane.head)) {
          each.remove();
          found.add(lane);
        } else {
          sweepAfter(deadline(lane, lane.head));
        }
      }
    }
    return found;
  }

  /** When something may change for those who wait although nothing else happens. */
  Optional<Instant> nextLook() {
    if (live.isEmpty() && bulk.isEmpty()) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    Instant at = sweepAt;
    if (breaker.isPaused() && !breaker.admits()) {
      at = breaker.until().isBefore(at) ? breaker.until() : at;
    } else if (room > 0 && breaker.admits()) {
      Instant token = now.plus(tokens.untilNext(now));
      at = token.isBefore(at) ? token : at;
    }
    return at.equals(Instant.MAX) ? Optional.empty() : Optional.of(at);
  }

  /** How many wait although there is room. */
  int held() {
    return room > 0 ? live.size() + bulk.size() : 0;
  }

  BreakerState state() {
    return breaker.state();
  }

  @Override
  public String toString() {
    String word = name.kind() == Kind.TURN ? "backend" : "account";
    return word + " " + name.lane();
  }
}
