package io.omnihub.channel.email;

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

/** The e-mail channel: one mailbox an account, read over IMAP and answered over SMTP. */
@Extension
public final class EmailPlugin implements ChannelConnector {
  /** A folder that its server rebuilds comes again as a whole, but no further back than this. */
  static final Duration MAX_REDELIVERY_AGE = Duration.ofDays(30);

  @Override
  public String name() {
    return "email";
  }

  @Override
  public String description() {
    return "E-mail: reads a mailbox over IMAP and answers over SMTP.";
  }

  @Override
  public ConfigSpec config() {
    return EmailConfig.SPEC;
  }

  @Override
  public Capabilities capabilities() {
    return Capabilities.builder()
        .formats(Part.Format.MARKDOWN, Part.Format.HTML)
        .media(Part.MediaKind.values())
        .full(Feature.REPLY)
        .with(Feature.CHOICES, Grade.FALLBACK)
        .with(Feature.EDIT, Grade.FALLBACK)
        .with(Feature.DELETE, Grade.DROP)
        .with(Feature.REACTION, Grade.DROP)
        .with(Feature.TYPING, Grade.DROP)
        .with(Feature.RECEIPTS_DELIVERED, Grade.DROP)
        .with(Feature.RECEIPTS_READ, Grade.DROP)
        .with(Feature.IDEMPOTENT_SEND, Grade.DROP)
        .build();
  }

  @Override
  public Duration maxRedeliveryAge() {
    return MAX_REDELIVERY_AGE;
  }

  @Override
  public boolean threaded() {
    return true;
  }

  @Override
  public RoutesBuilder routes(Account account) {
    return new EmailRoutes(account, EmailConfig.from(account.settings()));
  }
}
