package io.omnihub.channel.webhook;

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

/** Partners that post and receive signed webhooks. */
@Extension
public final class WebhookPlugin implements ChannelConnector {
  /**
   * Longer than the longest schedule of retries that the specification suggests, which is days:
   * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
   */
  private static final Duration MAX_REDELIVERY_AGE = Duration.ofDays(7);

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public String description() {
    return "A partner's own system, by signed webhooks in both directions";
  }

  @Override
  public ConfigSpec config() {
    return WebhookConfig.SPEC;
  }

  /** The partner takes the hub's own form of a message, so nothing has to be made simpler. */
  @Override
  public Capabilities capabilities() {
    return Capabilities.builder()
        .full(Feature.values())
        .with(Feature.TYPING, Grade.DROP)
        .media(Part.MediaKind.values())
        .formats(Part.Format.values())
        .build();
  }

  @Override
  public Duration maxRedeliveryAge() {
    return MAX_REDELIVERY_AGE;
  }

  @Override
  public RoutesBuilder routes(Account account) {
    return new WebhookRoutes(account, WebhookConfig.of(account.settings()));
  }
}
