package io.omnihub.channel.telegram;

import io.omnihub.api.config.ConfigSpec;
import io.omnihub.api.connector.Account;
import io.omnihub.api.connector.ChannelConnector;
import io.omnihub.api.model.Capabilities;
import io.omnihub.api.model.Capabilities.Feature;
import io.omnihub.api.model.Capabilities.Grade;
import io.omnihub.api.model.Part;
import java.time.Duration;
import org.apache.camel.RoutesBuilder;
import org.pf4j.Extension;

/** Telegram, as a bot of the Bot API. */
@Extension
public final class TelegramPlugin implements ChannelConnector {
  private final UpdatesPoller.Backoff backoff;

  public TelegramPlugin() {
    this(new UpdatesPoller.Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30)));
  }

  TelegramPlugin(UpdatesPoller.Backoff backoff) {
    this.backoff = backoff;
  }

  @Override
  public String name() {
    return "telegram";
  }

  @Override
  public String description() {
    return "Telegram bots, by webhook or long polling.";
  }

  @Override
  public ConfigSpec config() {
    return TelegramConfig.SPEC;
  }

  /**
   * Limits after <a href="https://core.telegram.org/bots/api#sendmessage">sendMessage</a> and <a
   * href="https://core.telegram.org/bots/api#sending-files">sending files</a>.
   */
  @Override
  public Capabilities capabilities() {
    return Capabilities.builder()
        .singlePart()
        .maxTextLength(TelegramOutbound.MAX_TEXT)
        .maxCaptionLength(TelegramOutbound.MAX_CAPTION)
        .maxOptions(100)
        .maxMediaSize(50L << 20)
        .media(Part.MediaKind.values())
        .formats(Part.Format.values())
        .full(Feature.LOCATION, Feature.CONTACT, Feature.REPLY, Feature.TYPING)
        .with(Feature.CHOICES, Grade.PARTIAL)
        .with(Feature.EDIT, Grade.PARTIAL)
        .with(Feature.REACTION, Grade.PARTIAL)
        .with(Feature.DELETE, Grade.REJECT)
        .with(Feature.RECEIPTS_DELIVERED, Grade.REJECT)
        .with(Feature.RECEIPTS_READ, Grade.REJECT)
        .with(Feature.IDEMPOTENT_SEND, Grade.REJECT)
        .build();
  }

  /** Telegram keeps what it could not deliver for up to a day; a day more for clocks. */
  @Override
  public Duration maxRedeliveryAge() {
    return Duration.ofDays(2);
  }

  @Override
  public RoutesBuilder routes(Account account) {
    return new TelegramRoutes(account, TelegramConfig.of(account.settings()), backoff);
  }
}
