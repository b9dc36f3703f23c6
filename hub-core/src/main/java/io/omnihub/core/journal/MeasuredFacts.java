package io.omnihub.core.journal;

import io.omnihub.api.model.InboundEvent;
import io.omnihub.core.store.Transaction;
import io.omnihub.core.telemetry.Stages;
import io.omnihub.core.telemetry.Stages.Stage;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;

/** Measures how long facts take from the journal to where they are applied, durably. */
public final class MeasuredFacts implements FactHandler {
  private final FactHandler handler;
  private final Stages stages;
  private final Clock clock;

  public MeasuredFacts(FactHandler handler, Stages stages, Clock clock) {
    this.handler = handler;
    this.stages = stages;
    this.clock = clock;
  }

  @Override
  public boolean ready(InboundEvent event) {
    return handler.ready(event);
  }

  @Override
  public Fact prepare(Fact fact) {
    return handler.prepare(fact);
  }

  @Override
  public void apply(Transaction tx, Fact fact) throws SQLException {
    handler.apply(tx, fact);
    tx.afterCommit(
        () ->
            stages.passed(
                Stage.DECIDE,
                fact.account(),
                Duration.between(fact.receivedAt(), clock.instant())));
  }
}
