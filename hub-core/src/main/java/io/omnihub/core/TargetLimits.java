package io.omnihub.core;

import io.omnihub.core.config.Rate;
import io.omnihub.core.conversation.Deliveries;
import io.omnihub.core.outbox.Limits;
import io.omnihub.core.outbox.OutboxEntry.Kind;
import io.omnihub.core.plugin.BackendInfo;
import io.omnihub.core.plugin.ChannelInfo;
import io.omnihub.core.plugin.Directory;
import java.time.Duration;

/** The limits of accounts and backends, as the configuration says. */
record TargetLimits(Directory directory) implements Limits.Book {

  @Override
  public Limits of(Kind kind, String target) {
    Limits usual = Limits.of(kind);
    return switch (kind) {
      case TURN ->
          usual.withPatience(
              directory.backend(target).map(BackendInfo::patience).orElse(Duration.ZERO));
      case SEND -> {
        Rate rate = directory.channel(target).map(ChannelInfo::rate).orElse(Rate.UNLIMITED);
        yield usual
            .withPatience(Deliveries.PATIENCE)
            .withRate(rate.interval(), rate.burst(), rate.recipientInterval());
      }
      case NOTIFY -> usual;
    };
  }
}
