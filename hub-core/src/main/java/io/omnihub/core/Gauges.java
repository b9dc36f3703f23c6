package io.omnihub.core;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.omnihub.core.journal.DeadLetters;
import io.omnihub.core.journal.Journal;
import io.omnihub.core.outbox.BreakerState;
import io.omnihub.core.outbox.Dispatcher;
import io.omnihub.core.outbox.OutboxEntry.Kind;
import io.omnihub.core.plugin.BackendInfo;
import io.omnihub.core.plugin.Directory;
import io.omnihub.core.store.Store;
import io.omnihub.core.telemetry.Meters;

/** What of a running hub is shown as it is at the moment. */
final class Gauges {
  private final PrometheusMeterRegistry meters;

  Gauges(PrometheusMeterRegistry meters) {
    this.meters = meters;
  }

  void measure(
      Journal journal,
      Store store,
      Dispatcher dispatcher,
      Directory directory,
      DeadLetters deadLetters) {
    Meters.gauge(meters, "omnihub.journal.pending", journal::pending);
    Meters.gauge(meters, "omnihub.store.waiting", store::waiting);
    Meters.gauge(meters, "omnihub.lanes.turn", () -> dispatcher.busy(Kind.TURN));
    Meters.gauge(meters, "omnihub.lanes.send", () -> dispatcher.busy(Kind.SEND));
    Meters.gauge(meters, "omnihub.lanes.notify", () -> dispatcher.busy(Kind.NOTIFY));
    for (DeadLetters.Kind kind : DeadLetters.Kind.values()) {
      Meters.gauge(
          meters,
          "omnihub.dead.letters",
          () -> deadLetters.count(kind),
          "kind",
          DeadLetters.word(kind));
    }
    directory.channels().forEach(channel -> breaker(dispatcher, Kind.SEND, channel.id()));
    directory.backends().stream()
        .filter(backend -> !backend.isDesk())
        .map(BackendInfo::id)
        .forEach(backend -> breaker(dispatcher, Kind.TURN, backend));
  }

  /** An account and a backend may have the same id. */
  private void breaker(Dispatcher dispatcher, Kind kind, String target) {
    Meters.gauge(
        meters,
        "omnihub.breaker.open",
        () -> dispatcher.breaker(kind, target).phase() == BreakerState.Phase.CLOSED ? 0 : 1,
        "kind",
        kind.word(),
        "target",
        target);
  }
}
