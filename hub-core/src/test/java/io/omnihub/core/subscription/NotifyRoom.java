package io.omnihub.core.subscription;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.omnihub.core.identity.Contacts;
import io.omnihub.core.journal.DeadLetters;
import io.omnihub.core.media.AddressGuard;
import io.omnihub.core.outbox.Dispatcher;
import io.omnihub.core.outbox.LaneWatch;
import io.omnihub.core.outbox.Limits;
import io.omnihub.core.outbox.Outbox;
import io.omnihub.core.outbox.OutboxEntry;
import io.omnihub.core.outbox.OutboxEntry.Kind;
import io.omnihub.core.store.Ids;
import io.omnihub.core.store.Store;
import io.omnihub.core.store.TestStores;
import io.omnihub.core.timeline.Changes;
import io.omnihub.core.timeline.Timeline;
import io.omnihub.testkit.Await;
import io.omnihub.testkit.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** One run of a hub, as far as its subscribers are concerned. */
final class NotifyRoom implements AutoCloseable {
  static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  final ManualClock clock;
  final Store store;
  final Outbox outbox;
  final Changes changes;
  final DeadLetters letters;
  final Subscriptions subscriptions;
  final SubscriptionLog log;
  final Replays replays;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Dispatcher dispatcher;
  private final Receivers receivers;
  private final NotifyRunner runner;

  NotifyRoom(Path dir) {
    this(dir, new ManualClock(NOON), true, Duration.ofSeconds(10));
  }

  NotifyRoom(Path dir, ManualClock clock, boolean allowPrivate, Duration patience) {
    this.clock = clock;
    store = TestStores.open(dir);
    Ids ids = new Ids(clock);
    dispatcher = new Dispatcher(store, clock, timer, executor, (kind, target) -> Limits.of(kind));
    outbox = new Outbox("w", clock, dispatcher);
    subscriptions = new Subscriptions("w", store, outbox, ids, clock);
    NotifyQueue queue = new NotifyQueue(subscriptions, outbox);
    changes = new Timeline("w", clock, new Contacts("w", ids, clock), queue).changes();
    letters =
        new DeadLetters(
            "w",
            store,
            ids,
            clock,
            (tx, letter) ->
                changes.add(
                    tx, "dead-letter.added", letter.account(), "", Map.of("id", letter.id())));
    log = new SubscriptionLog("w", store);
    replays = new Replays(store, subscriptions, changes, queue, letters);
    AddressGuard guard = new AddressGuard(allowPrivate, "subscriptions.allow-private");
    receivers = new Receivers(guard, clock, timer, patience);
    runner =
        new NotifyRunner(
            new NotifyRunner.Parts(store, outbox, subscriptions, changes, log, letters),
            receivers,
            new Random(1),
            clock,
            new SimpleMeterRegistry());
    dispatcher.start(outbox, Map.of(Kind.NOTIFY, runner));
  }

  /** Somebody subscribes to everything. */
  Subscriptions.Issued subscribe(URI url) {
    return subscribe(url, List.of(), "");
  }

  Subscriptions.Issued subscribe(URI url, List<String> events, String account) {
    return store.write(tx -> subscriptions.create(tx, url, events, account, "test"));
  }

  Optional<Subscriptions.Issued> rotate(String id, Duration overlap) {
    return store.write(tx -> subscriptions.rotate(tx, id, overlap));
  }

  /** Something happens in a conversation of the account {@code chat}. */
  void happens(String conversation, String type, Object words) {
    happens("chat", conversation, type, Map.of("words", words));
  }

  void happens(String account, String conversation, String type, Map<String, ?> data) {
    store.write(
        tx -> {
          changes.add(tx, type, account, conversation, data);
          return null;
        });
  }

  /** Time passes, and what has become due by it is tried once. */
  void pass(Duration time) {
    clock.advance(time);
    waiting().stream()
        .map(OutboxEntry::lane)
        .distinct()
        .forEach(
            lane -> dispatcher.wake(new LaneWatch.Wake(Kind.NOTIFY, lane, clock.instant(), false)));
    awaitIdle();
  }

  int prune(Instant before) {
    return store.write(tx -> log.prune(tx, before.toEpochMilli(), 100));
  }

  boolean retry(DeadLetters.DeadLetter letter) {
    return store.write(tx -> replays.retry(tx, letter));
  }

  void awaitIdle() {
    Await.until("the lanes to be idle", () -> dispatcher.busy(Kind.NOTIFY) == 0);
  }

  List<OutboxEntry> waiting() {
    return store.read(outbox::all);
  }

  @Override
  public void close() {
    dispatcher.stop();
    awaitIdle();
    timer.shutdownNow();
    executor.close();
    try {
      receivers.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    store.close();
  }
}
