package io.omnihub.core.ingress;

import io.micrometer.core.instrument.MeterRegistry;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.route.InboundBatch;
import io.omnihub.api.route.InboundReceipt;
import io.omnihub.core.journal.Journal;
import io.omnihub.core.telemetry.Stages;
import io.omnihub.core.telemetry.Stages.Stage;
import io.omnihub.core.timeline.Changes;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Takes events of connectors. Safe for all threads. */
public final class Ingress {
  private static final int LONGEST_KEY = 255;

  private final Journal journal;
  private final Changes changes;
  private final MeterRegistry meters;
  private final Stages stages;

  public Ingress(Journal journal, Changes changes, MeterRegistry meters, Stages stages) {
    this.journal = journal;
    this.changes = changes;
    this.meters = meters;
    this.stages = stages;
  }

  /** Takes a batch; returns once what has to be kept is durable. */
  public InboundReceipt accept(String account, InboundBatch batch) {
    List<InboundEvent> kept =
        batch.events().stream()
            .filter(event -> !(event instanceof InboundEvent.TypingStarted))
            .toList();
    kept.forEach(Ingress::check);
    InboundReceipt receipt =
        kept.isEmpty()
            ? new InboundReceipt(0, 0)
            : keep(account, new InboundBatch(kept, batch.rawType(), batch.raw()));
    batch.events().stream()
        .filter(InboundEvent.TypingStarted.class::isInstance)
        .forEach(
            event ->
                changes.show("contact.typing", account, "", Map.of("identity", event.sender())));
    meters.counter("omnihub.events.accepted", "account", account).increment(receipt.accepted());
    meters.counter("omnihub.events.duplicate", "account", account).increment(receipt.duplicates());
    int shown = batch.events().size() - kept.size();
    return new InboundReceipt(receipt.accepted() + shown, receipt.duplicates());
  }

  private InboundReceipt keep(String account, InboundBatch batch) {
    long start = System.nanoTime();
    InboundReceipt receipt = journal.accept(account, batch);
    stages.passed(Stage.ACCEPT, account, Duration.ofNanos(System.nanoTime() - start));
    return receipt;
  }

  private static void check(InboundEvent event) {
    if (event.key() == null || event.key().isBlank() || event.key().length() > LONGEST_KEY) {
      throw new IllegalArgumentException("an event's key has 1 to " + LONGEST_KEY + " characters");
    }
  }
}
