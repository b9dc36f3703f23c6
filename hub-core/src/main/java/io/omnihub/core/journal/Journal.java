package io.omnihub.core.journal;

import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.route.InboundBatch;
import io.omnihub.api.route.InboundReceipt;
import io.omnihub.api.route.OverloadedException;
import io.omnihub.core.lane.Lanes;
import io.omnihub.core.store.Json;
import io.omnihub.core.store.Store;
import io.omnihub.core.store.StoreUnavailableException;
import io.omnihub.core.store.Transaction;
import io.omnihub.core.store.Transaction.Work;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of facts. Safe for all threads. */
public final class Journal {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
  private static final int MAX_PENDING = 20_000;
  private static final int ATTEMPTS = 3;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final String workspace;
  private final Store store;
  private final Lanes lanes;
  private final Clock clock;
  private final DeadLetters deadLetters;
  private final FactHandler handler;
  private final AtomicInteger pending = new AtomicInteger();
  private volatile boolean stopping;

  public Journal(
      String workspace,
      Store store,
      Lanes lanes,
      Clock clock,
      DeadLetters deadLetters,
      FactHandler handler) {
    this.workspace = workspace;
    this.store = store;
    this.lanes = lanes;
    this.clock = clock;
    this.deadLetters = deadLetters;
    this.handler = handler;
  }

  /** Takes up the facts that an earlier run left unapplied. */
  public void start() {
    List<Fact> left =
        store.read(
            tx ->
                tx.list(
                    this::fact,
                    "SELECT * FROM journal WHERE applied_at IS NULL AND workspace = ? ORDER BY seq",
                    workspace));
    if (!left.isEmpty()) {
      LOG.info("taking up {} facts that an earlier run has left", left.size());
    }
    left.forEach(this::dispatch);
  }

  /** No further fact is begun; those begun are finished. */
  public void stop() {
    stopping = true;
  }

  /** Facts that wait to be applied. */
  public int pending() {
    return pending.get();
  }

  /** When the oldest fact that waits to be applied came. */
  public Optional<Instant> oldestPending() {
    return store.read(
        tx ->
            tx.first(
                row -> row.time("received_at"),
                "SELECT received_at FROM journal WHERE applied_at IS NULL AND workspace = ? ORDER BY seq LIMIT 1",
                workspace));
  }

  /**
   * Keeps the events of a batch; returns once all are durable. An event whose key the account has
   * had before is counted and otherwise ignored.
   *
   * @throws OverloadedException when the hub is full or the store is away; nothing of the batch is
   *     kept then
   */
  public InboundReceipt accept(String account, InboundBatch batch) {
    if (pending.get() > MAX_PENDING || stopping) {
      throw new OverloadedException("the hub has too much to do", RETRY_AFTER, null);
    }
    Appending appending = new Appending(account, batch);
    try {
      return Store.join(offer(appending));
    } catch (StoreUnavailableException e) {
      throw new OverloadedException("the store is away", RETRY_AFTER, e);
    } catch (RuntimeException e) {
      if (!appending.harmed()) {
        throw e;
      }
      return Store.join(offer(appending));
    }
  }

  private CompletableFuture<InboundReceipt> offer(Appending appending) {
    return store
        .offer(appending)
        .orElseThrow(() -> new OverloadedException("the store is too busy", RETRY_AFTER, null));
  }

  /**
   * Keeps a fact that the hub itself found out (a command), and does what follows from it in the
   * same transaction; returns once both are durable.
   */
  public <T> T record(String account, String kind, String key, Object body, Work<T> effect) {
    String json = Json.write(body);
    return store.write(
        tx -> {
          long now = clock.millis();
          tx.updateLater(
              "INSERT INTO journal (workspace, account, dedupe_key, lane, kind, body, received_at, applied_at)"
                  + " VALUES (?, ?, ?, '', ?, ?, ?, ?) ON CONFLICT DO NOTHING",
              workspace,
              account,
              key,
              kind,
              json,
              now,
              now);
          return effect.run(tx);
        });
  }

  /**
   * Keeps a batch. What needs nothing else, and has nothing before it in its lane, is applied in
   * the same transaction; when that fails, the batch is only kept, and its facts go the long way,
   * where each is tried again and set aside by itself.
   */
  private final class Appending implements Work<InboundReceipt> {
    private final String account;
    private final InboundBatch batch;
    private final List<Prepared> events;
    private volatile boolean harmed;

    Appending(String account, InboundBatch batch) {
      this.account = account;
      this.batch = batch;
      events = batch.events().stream().map(Prepared::of).toList();
    }

    /** Whether an event of the batch could not be applied on the way. */
    boolean harmed() {
      return harmed;
    }

    @Override
    public InboundReceipt run(Transaction tx) throws SQLException {
      Instant now = clock.instant();
      List<Fact> later = new ArrayList<>();
      long rawSeq = 0;
      int added = 0;
      for (Prepared prepared : events) {
        boolean direct = direct(tx, prepared.event());
        boolean carriesRaw = rawSeq == 0 && batch.raw().length > 0;
        Optional<Long> seq = append(tx, prepared, carriesRaw ? null : rawSeq, now, direct);
        if (seq.isEmpty()) {
          continue;
        }
        added++;
        if (carriesRaw) {
          rawSeq = seq.get();
          keepRaw(tx, rawSeq, now);
        }
        Fact fact = new Fact(seq.get(), account, prepared.event(), rawSeq, now);
        if (direct) {
          applyNow(tx, fact);
        } else {
          tx.mark(prepared.lane());
          later.add(fact);
        }
      }
      if (!later.isEmpty()) {
        tx.afterCommit(() -> later.forEach(Journal.this::dispatch));
      }
      return new InboundReceipt(added, events.size() - added);
    }

    private boolean direct(Transaction tx, InboundEvent event) {
      String sender = event.sender().toString();
      return !harmed
          && lanes.idle(sender)
          && !tx.marked(Prepared.lane(sender))
          && handler.ready(event);
    }

    private void applyNow(Transaction tx, Fact fact) throws SQLException {
      try {
        handler.apply(tx, fact);
      } catch (SQLException | RuntimeException e) {
        harmed = true;
        throw e;
      }
    }

    private Optional<Long> append(
        Transaction tx, Prepared prepared, Long rawSeq, Instant now, boolean applied)
        throws SQLException {
      return tx.number(
          "INSERT INTO journal (workspace, account, dedupe_key, lane, kind, body, raw_seq, received_at, applied_at)"
              + " VALUES (?, ?, ?, ?, 'inbound', ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING seq",
          workspace,
          account,
          prepared.event().key(),
          prepared.event().sender().toString(),
          prepared.json(),
          rawSeq,
          now.toEpochMilli(),
          applied ? now.toEpochMilli() : null);
    }

    /** A raw payload has the place of the first fact that came in it. */
    private void keepRaw(Transaction tx, long seq, Instant now) {
      tx.updateLater(
          "INSERT INTO raw_payload (seq, workspace, account, media_type, content, received_at) VALUES (?, ?, ?, ?, ?, ?)",
          seq,
          workspace,
          account,
          batch.rawType(),
          batch.raw(),
          now.toEpochMilli());
    }
  }

  private record Prepared(InboundEvent event, String json) {
    static Prepared of(InboundEvent event) {
      return new Prepared(event, Json.write(event, InboundEvent.class));
    }

    String lane() {
      return lane(event.sender().toString());
    }

    /** The word by which units of one batch know that a sender's facts wait in line. */
    static String lane(String sender) {
      return "fact " + sender;
    }
  }

  private Fact fact(Transaction.Row row) throws SQLException {
    boolean carriesRaw = row.nullableText("raw_seq") == null;
    return new Fact(
        row.number("seq"),
        row.text("account"),
        Json.read(row.text("body"), InboundEvent.class),
        row.number(carriesRaw ? "seq" : "raw_seq"),
        row.time("received_at"));
  }

  /** Applies a fact once more, for a dead letter that is tried again. */
  public void dispatch(Fact fact) {
    pending.incrementAndGet();
    lanes.submit(fact.event().sender().toString(), () -> process(fact));
  }

  private void process(Fact fact) {
    try {
      if (!stopping) {
        applyWithRetries(fact);
      }
    } finally {
      pending.decrementAndGet();
    }
  }

  private void applyWithRetries(Fact fact) {
    Duration wait = Duration.ofMillis(200);
    int attempt = 1;
    while (!stopping) {
      try {
        apply(handler.prepare(fact));
        return;
      } catch (StoreUnavailableException e) {
        LOG.warn("the store is away, fact {} waits: {}", fact.seq(), e.getMessage());
      } catch (RuntimeException e) {
        if (attempt++ >= ATTEMPTS && setAside(fact, e)) {
          return;
        }
      }
      LockSupport.parkNanos(wait.toNanos());
      wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
    }
  }

  private void apply(Fact fact) {
    store.write(
        tx -> {
          handler.apply(tx, fact);
          return markApplied(tx, fact);
        });
  }

  /** False when the store is away, so that it has to be tried again. */
  private boolean setAside(Fact fact, RuntimeException cause) {
    LOG.error(
        "fact {} of {} cannot be applied and is set aside", fact.seq(), fact.account(), cause);
    String reason = "the hub failed on it: " + cause.getClass().getSimpleName();
    try {
      store.write(
          tx -> {
            deadLetters.add(tx, DeadLetters.Kind.FACT, fact, reason);
            return markApplied(tx, fact);
          });
      return true;
    } catch (StoreUnavailableException e) {
      return false;
    }
  }

  private int markApplied(Transaction tx, Fact fact) throws SQLException {
    return tx.update("UPDATE journal SET applied_at = ? WHERE seq = ?", clock.millis(), fact.seq());
  }

  /** Reads a fact again, by its place. */
  public Optional<Fact> find(long seq) {
    return store.read(
        tx ->
            tx.first(
                this::fact,
                "SELECT * FROM journal WHERE workspace = ? AND seq = ?",
                workspace,
                seq));
  }
}
