package io.omnihub.channel.smpp;

import io.omnihub.api.config.ConfigSpec;
import io.omnihub.api.connector.Account;
import io.omnihub.api.connector.ChannelConnector;
import io.omnihub.api.model.Capabilities;
import io.omnihub.api.model.Capabilities.Feature;
import io.omnihub.api.model.Capabilities.Grade;
import io.omnihub.channel.smpp.text.Segmenter;
import java.time.Duration;
import org.apache.camel.RoutesBuilder;
import org.pf4j.Extension;

/** SMS through a message centre (SMSC) or aggregator that speaks SMPP 3.4. */
@Extension
public final class SmppPlugin implements ChannelConnector {
  private final Pace pace;

  public SmppPlugin() {
    this(new Pace(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofSeconds(1)));
  }

  SmppPlugin(Pace pace) {
    this.pace = pace;
  }

  /**
   * How fast things are repeated.
   *
   * @param firstWait before the first attempt to bind again; doubled each time
   * @param longestWait between attempts to bind
   * @param tick how often it is looked for messages whose parts do not come
   */
  record Pace(Duration firstWait, Duration longestWait, Duration tick) {}

  @Override
  public String name() {
    return "sms-smpp";
  }

  @Override
  public String description() {
    return "SMS through a message centre that speaks SMPP 3.4.";
  }

  @Override
  public ConfigSpec config() {
    return SmppConfig.SPEC;
  }

  /** A longer text than one short message holds goes out in segments; the phone joins them. */
  @Override
  public Capabilities capabilities() {
    return Capabilities.builder()
        .singlePart()
        .maxTextLength(Segmenter.LONGEST_TEXT)
        .with(Feature.RECEIPTS_DELIVERED, Grade.PARTIAL)
        .with(Feature.RECEIPTS_READ, Grade.DROP)
        .with(Feature.REPLY, Grade.DROP)
        .with(Feature.EDIT, Grade.FALLBACK)
        .with(Feature.DELETE, Grade.DROP)
        .with(Feature.REACTION, Grade.DROP)
        .with(Feature.TYPING, Grade.DROP)
        .with(Feature.IDEMPOTENT_SEND, Grade.DROP)
        .build();
  }

  /** Message centres keep a message for some days; a week is the longest that is usual. */
  @Override
  public Duration maxRedeliveryAge() {
    return Duration.ofDays(7);
  }

  @Override
  public RoutesBuilder routes(Account account) {
    return new SmppRoutes(account, SmppConfig.of(account.settings()), pace);
  }
}
