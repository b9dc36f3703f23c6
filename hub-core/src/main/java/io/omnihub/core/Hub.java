package io.omnihub.core;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.omnihub.api.connector.MediaStore;
import io.omnihub.api.model.Turn;
import io.omnihub.api.route.HubGateway;
import io.omnihub.core.backend.TurnRunner;
import io.omnihub.core.channel.SendRunner;
import io.omnihub.core.channel.Typing;
import io.omnihub.core.config.HubConfig;
import io.omnihub.core.config.Retention;
import io.omnihub.core.conversation.ConversationEngine;
import io.omnihub.core.conversation.Rooms;
import io.omnihub.core.http.HubServer;
import io.omnihub.core.http.api.ContactResource;
import io.omnihub.core.http.api.ConversationResource;
import io.omnihub.core.http.api.Desk;
import io.omnihub.core.http.api.Idempotency;
import io.omnihub.core.http.api.Keys;
import io.omnihub.core.http.api.MessageResource;
import io.omnihub.core.http.api.OperationsResource;
import io.omnihub.core.http.api.SubscriptionResource;
import io.omnihub.core.identity.Contacts;
import io.omnihub.core.ingress.Ingress;
import io.omnihub.core.journal.DeadLetters;
import io.omnihub.core.journal.Journal;
import io.omnihub.core.journal.JournalPruning;
import io.omnihub.core.journal.MeasuredFacts;
import io.omnihub.core.lane.Lanes;
import io.omnihub.core.media.AddressGuard;
import io.omnihub.core.media.BlobStore;
import io.omnihub.core.media.MediaIntake;
import io.omnihub.core.outbox.Dispatcher;
import io.omnihub.core.outbox.Outbox;
import io.omnihub.core.outbox.OutboxEntry;
import io.omnihub.core.outbox.OutboxEntry.Kind;
import io.omnihub.core.outbox.TurnEnd;
import io.omnihub.core.plugin.AccountFactory;
import io.omnihub.core.plugin.Directory;
import io.omnihub.core.plugin.HubPorts;
import io.omnihub.core.plugin.InstalledPlugins;
import io.omnihub.core.plugin.PluginHost;
import io.omnihub.core.retention.Pruner;
import io.omnihub.core.store.Ids;
import io.omnihub.core.store.Store;
import io.omnihub.core.store.StoreAddress;
import io.omnihub.core.store.Transaction;
import io.omnihub.core.subscription.NotifyQueue;
import io.omnihub.core.subscription.NotifyRunner;
import io.omnihub.core.subscription.Receivers;
import io.omnihub.core.subscription.Replays;
import io.omnihub.core.subscription.SubscriptionLog;
import io.omnihub.core.subscription.Subscriptions;
import io.omnihub.core.telemetry.FirstAnswers;
import io.omnihub.core.telemetry.Meters;
import io.omnihub.core.telemetry.Stages;
import io.omnihub.core.timeline.Changes;
import io.omnihub.core.timeline.Timeline;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running hub. */
public final class Hub implements AutoCloseable {
  /** The workspace of a hub that has no other. */
  public static final String WORKSPACE = "main";

  private static final Logger LOG = LoggerFactory.getLogger(Hub.class);

  /** So long before the end of the drain nothing more is begun, so that what runs can end. */
  private static final Duration LONGEST_CALL = Duration.ofSeconds(5);

  private static final Duration SUBSCRIBER_PATIENCE = Duration.ofSeconds(10);
  private static final Duration BETWEEN_ROUNDS = Duration.ofMinutes(5);
  private static final Duration BETWEEN_SLICES = Duration.ofMillis(10);

  private final HubConfig config;
  private final HubServer server;
  private final Store store;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("timer").factory());
  private final PrometheusMeterRegistry meters = Meters.create();
  private final Journal journal;
  private final Dispatcher dispatcher;
  private final MediaIntake media;
  private final PluginHost plugins;
  private final DeadLetters deadLetters;
  private final Receivers receivers;
  private final Pruner pruner;

  private Hub(
      HubConfig config,
      InstalledPlugins installed,
      Clock clock,
      Store store,
      HubServer server,
      Consumer<Router> more) {
    this.config = config;
    this.server = server;
    this.store = store;
    Ids ids = new Ids(clock);
    Ingress[] ingress = new Ingress[1];
    HubPorts ports = new HubPorts((account, batch) -> ingress[0].accept(account, batch));
    plugins = new PluginHost(installed, ports);
    Directory directory = plugins.directory(config);
    dispatcher = new Dispatcher(store, clock, timer, executor, new TargetLimits(directory));
    Outbox outbox = new Outbox(WORKSPACE, clock, dispatcher);
    Subscriptions subscriptions = new Subscriptions(WORKSPACE, store, outbox, ids, clock);
    NotifyQueue notifications = new NotifyQueue(subscriptions, outbox);
    Contacts contacts = new Contacts(WORKSPACE, ids, clock);
    Timeline timeline = new Timeline(WORKSPACE, clock, contacts, notifications);
    deadLetters = new DeadLetters(WORKSPACE, store, ids, clock, announcing(timeline.changes()));
    BlobStore blobs =
        new BlobStore(
            WORKSPACE, config.media().path(), config.media().maxSize(), store, ids, clock);
    Stages stages = new Stages(meters);
    FirstAnswers firstAnswers = new FirstAnswers(stages, clock);
    media =
        new MediaIntake(
            blobs, config.media().allowPrivate(), (account, ref) -> content(ports, account, ref));
    AddressGuard guard =
        new AddressGuard(config.subscriptions().allowPrivate(), "subscriptions.allow-private");
    receivers = new Receivers(guard, clock, timer, SUBSCRIBER_PATIENCE);
    SubscriptionLog attempts = new SubscriptionLog(WORKSPACE, store);
    NotifyRunner notifier =
        new NotifyRunner(
            new NotifyRunner.Parts(
                store, outbox, subscriptions, timeline.changes(), attempts, deadLetters),
            receivers,
            new SecureRandom(),
            clock,
            meters);
    Replays replays =
        new Replays(store, subscriptions, timeline.changes(), notifications, deadLetters);
    Typing typing = new Typing(store, contacts, ports, executor);
    ConversationEngine engine =
        new ConversationEngine(
            new Rooms(directory, contacts, timeline, outbox, deadLetters, ids, clock),
            media,
            typing::show,
            firstAnswers);
    journal =
        new Journal(
            WORKSPACE,
            store,
            new Lanes("fact", executor),
            clock,
            deadLetters,
            new MeasuredFacts(engine, stages, clock));
    ingress[0] = new Ingress(journal, timeline.changes(), meters, stages);
    new Gauges(meters, store, journal, dispatcher, deadLetters).bind(WORKSPACE, clock, directory);

    plugins.start(
        config,
        new AccountFactory(
                WORKSPACE, store, blobs, contacts, timeline.messages(), clock, this::publicUrl)
            ::make);
    journal.start();
    dispatcher.start(
        outbox,
        Map.of(
            Kind.TURN, new TurnRunner(store, outbox, ports, book(engine), clock, meters),
            Kind.SEND,
                new SendRunner(
                    new SendRunner.Parts(
                        store, outbox, timeline, contacts, media, directory, firstAnswers),
                    ports,
                    engine.deliveries()::ended,
                    clock,
                    meters),
            Kind.NOTIFY, notifier));
    Keys keys = new Keys(WORKSPACE, store, config.apiKeys());
    Idempotency idempotency = new Idempotency(WORKSPACE, store, clock);
    pruner =
        new Pruner(store, clock, meters, BETWEEN_SLICES, rules(timeline, idempotency, attempts));
    pruner.start(timer, executor, BETWEEN_ROUNDS);
    Desk desk = new Desk(store, timeline, contacts, directory, journal, engine, ids, idempotency);
    server.open(
        new HubServer.Parts(
            store,
            timeline.changes(),
            directory,
            ports,
            keys,
            idempotency,
            desk::maySee,
            List.of(
                new ConversationResource(desk),
                new MessageResource(desk),
                new ContactResource(desk),
                new OperationsResource(
                    desk,
                    new OperationsResource.Rooms(
                        deadLetters, blobs, plugins, replays, dispatcher::breaker)),
                new SubscriptionResource(subscriptions, attempts, replays, desk, guard)),
            meters,
            this::health,
            executor),
        plugins.webSurfaces(config),
        plugins::resource,
        more);
  }

  /** Starts a hub; it accepts traffic when this returns. */
  public static Hub start(HubConfig config, InstalledPlugins plugins, Clock clock) {
    return start(config, plugins, clock, router -> {});
  }

  /**
   * Starts a hub that serves further pages.
   *
   * @throws RuntimeException saying what is in the way, when it cannot start
   */
  public static Hub start(
      HubConfig config, InstalledPlugins plugins, Clock clock, Consumer<Router> more) {
    CompletableFuture<Store> opening =
        CompletableFuture.supplyAsync(() -> Store.open(address(config)));
    HubServer server;
    try {
      server = HubServer.listen(config.server());
    } catch (RuntimeException e) {
      opening.thenAccept(Store::close).join();
      throw e;
    }
    try {
      return new Hub(config, plugins, clock, Store.join(opening), server, more);
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** Where the configuration says that the database is. */
  static StoreAddress address(HubConfig config) {
    HubConfig.Store store = config.store();
    return new StoreAddress(store.url(), store.user(), store.password().reveal());
  }

  private static MediaStore.Content content(HubPorts ports, String account, String reference)
      throws IOException {
    HubGateway.HubRoute route =
        ports
            .route(HubGateway.Kind.MEDIA, account)
            .orElseThrow(() -> new IOException("the account fetches no media"));
    try {
      if (route.call(reference, Map.of()).body() instanceof MediaStore.Content found) {
        return found;
      }
      throw new IOException("the plugin answered no content");
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("the plugin failed: " + e.getClass().getSimpleName(), e);
    }
  }

  private static DeadLetters.Listener announcing(Changes changes) {
    return (tx, letter) ->
        changes.add(
            tx, "dead-letter.added", letter.account(), "", Map.of("deadLetter", letter.view()));
  }

  private static TurnRunner.Book book(ConversationEngine engine) {
    return new TurnRunner.Book() {
      @Override
      public Optional<Turn> read(Transaction tx, OutboxEntry entry) throws SQLException {
        return engine.turns().read(tx, entry);
      }

      @Override
      public long upto(Transaction tx, OutboxEntry entry) throws SQLException {
        return engine.turns().upto(tx, entry);
      }

      @Override
      public void ended(Transaction tx, TurnEnd end) throws SQLException {
        engine.turns().ended(tx, end);
      }
    };
  }

  private List<Pruner.Rule> rules(
      Timeline timeline, Idempotency idempotency, SubscriptionLog attempts) {
    Retention keep = config.retention();
    return List.of(
        new Pruner.Rule("raw payloads", keep.raw(), 100, JournalPruning::rawPayloads),
        new Pruner.Rule("facts", keep.journal(), 100, JournalPruning::facts),
        new Pruner.Rule(
            "parked receipts", keep.journal(), 500, timeline.providerIds()::pruneParked),
        new Pruner.Rule("changes", keep.changes(), 500, timeline.changes()::prune),
        new Pruner.Rule("dead letters", keep.deadLetters(), 500, deadLetters::prune),
        new Pruner.Rule("idempotency keys", keep.idempotency(), 500, idempotency::prune),
        new Pruner.Rule("attempts", keep.attempts(), 500, attempts::prune));
  }

  private Map<String, String> health() {
    Map<String, String> states = new LinkedHashMap<>();
    try {
      String letters = "ok, " + deadLetters.count() + " waiting";
      states.put("store", "ok");
      states.put("dead letters", letters);
    } catch (RuntimeException e) {
      states.put("store", "away");
    }
    for (PluginHost.AccountState account : plugins.states()) {
      states.put(
          "account " + account.id(), account.running() ? "ok" : "failed: " + account.problem());
    }
    states.put("journal", "ok, " + journal.pending() + " waiting");
    return states;
  }

  /** Where it is reached from this machine. */
  public URI url() {
    String host = config.server().host().equals("0.0.0.0") ? "127.0.0.1" : config.server().host();
    return URI.create("http://" + host + ":" + server.port());
  }

  /** Where it is reached from outside. */
  public URI publicUrl() {
    return config.server().publicUrl().map(Hub::withoutSlash).orElseGet(this::url);
  }

  private static URI withoutSlash(URI url) {
    return URI.create(url.toString().replaceAll("/+$", ""));
  }

  /** The accounts that do not run, with their reasons. */
  public List<PluginHost.AccountState> broken() {
    return plugins.states().stream().filter(state -> !state.running()).toList();
  }

  /**
   * Finishes what is under way, begins nothing new, and stops. What is left is taken up by the next
   * start.
   */
  @Override
  public void close() {
    server.refuse();
    long drain = config.server().drain().toNanos();
    long end = System.nanoTime() + drain;
    long lastBegin = end - Math.min(drain / 2, LONGEST_CALL.toNanos());
    while (journal.pending() + busy() > 0 && System.nanoTime() < lastBegin) {
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
    pruner.stop();
    dispatcher.stop();
    journal.stop();
    while (busy() + dispatcher.busy(Kind.NOTIFY) > 0 && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
    plugins.close();
    timer.shutdownNow();
    executor.shutdown();
    closeClients();
    store.close();
    server.close();
  }

  private int busy() {
    return dispatcher.busy(Kind.TURN) + dispatcher.busy(Kind.SEND);
  }

  private void closeClients() {
    try {
      media.close();
      receivers.close();
    } catch (IOException e) {
      LOG.debug("a client did not close cleanly: {}", e.getMessage());
    }
  }
}
