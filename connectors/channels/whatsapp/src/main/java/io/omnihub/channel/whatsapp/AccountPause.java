package io.omnihub.channel.whatsapp;

import io.omnihub.api.model.SendOutcome;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Until when WhatsApp wants nothing from the whole account. Each recipient has a lane of its own in
 * the hub, which would find out for itself and make it worse. Forgotten at a restart, which costs
 * one request.
 */
final class AccountPause {
  private final Clock clock;
  private final AtomicReference<Instant> until = new AtomicReference<>(Instant.EPOCH);

  AccountPause(Clock clock) {
    this.clock = clock;
  }

  void hold(Instant newUntil) {
    until.accumulateAndGet(newUntil, (one, other) -> one.isAfter(other) ? one : other);
  }

  /** What a send ends with while it holds. */
  Optional<SendOutcome> now() {
    Instant end = until.get();
    return end.isAfter(clock.instant())
        ? Optional.of(new SendOutcome.Throttled(end))
        : Optional.empty();
  }
}
