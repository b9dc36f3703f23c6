package io.omnihub.core;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.omnihub.core.journal.DeadLetters;
import io.omnihub.core.journal.Journal;
import io.omnihub.core.outbox.BreakerState;
import io.omnihub.core.outbox.Dispatcher;
import io.omnihub.core.outbox.OutboxEntry.Kind;
import io.omnihub.core.outbox.OutboxLag;
import io.omnihub.core.plugin.Directory;
import io.omnihub.core.store.Store;
import io.omnihub.core.telemetry.Meters;
import java.time.Clock;

/** What waits, and since when; asked when somebody reads the measures. */
record Gauges(
    PrometheusMeterRegistry meters,
    Store store,
    Journal journal,
    Dispatcher dispatcher,
    DeadLetters deadLetters) {

  void bind(String workspace, Clock clock, Directory directory) {
    Meters.gauge(meters, "omnihub.journal.pending", journal::pending);
    Meters.age(meters, "omnihub.journal.lag", clock, journal::oldestPending);
    Meters.gauge(meters, "omnihub.store.waiting", store::waiting);
    OutboxLag lag = new OutboxLag(workspace, store, clock);
    for (Kind kind : Kind.values()) {
      lanes(kind);
      Meters.age(
          meters, "omnihub.outbox.lag", clock, () -> lag.oldestDue(kind), "kind", kind.word());
    }
    for (DeadLetters.Kind kind : DeadLetters.Kind.values()) {
      Meters.gauge(
          meters,
          "omnihub.dead.letters",
          () -> deadLetters.count(kind),
          "kind",
          DeadLetters.word(kind));
    }
    directory.channels().forEach(channel -> breaker(Kind.SEND, channel.id()));
    directory.backends().stream()
        .filter(backend -> !backend.isDesk())
        .forEach(backend -> breaker(Kind.TURN, backend.id()));
  }

  /** An account and a backend may have the same id. */
  private void breaker(Kind kind, String target) {
    Meters.gauge(
        meters,
        "omnihub.breaker.open",
        () -> dispatcher.breaker(kind, target).phase() == BreakerState.Phase.CLOSED ? 0 : 1,
        "kind",
        kind.word(),
        "target",
        target);
  }

  private void lanes(Kind kind) {
    String word = kind.word();
    Meters.gauge(
        meters, "omnihub.lanes", () -> dispatcher.busy(kind), "kind", word, "state", "busy");
    Meters.gauge(
        meters,
        "omnihub.lanes",
        () -> Math.max(0, dispatcher.waiting(kind) - dispatcher.busy(kind)),
        "kind",
        word,
        "state",
        "waiting");
  }
}
