package io.omnihub.channel.whatsapp;

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

/** WhatsApp, as a business number of the Cloud API. */
@Extension
public final class WhatsAppPlugin implements ChannelConnector {

  @Override
  public String name() {
    return "whatsapp";
  }

  @Override
  public String description() {
    return "WhatsApp business numbers, by the Cloud API.";
  }

  @Override
  public ConfigSpec config() {
    return WhatsAppConfig.SPEC;
  }

  /**
   * Limits after <a
   * href="https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages">messages</a>
   * and <a
   * href="https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media">media</a>.
   */
  @Override
  public Capabilities capabilities() {
    return Capabilities.builder()
        .singlePart()
        .maxTextLength(WhatsAppOutbound.MAX_TEXT)
        .maxCaptionLength(WhatsAppOutbound.MAX_CAPTION)
        .maxOptions(WhatsAppChoices.MOST_ROWS)
        .maxMediaSize(MediaRules.LARGEST)
        .media(Part.MediaKind.values())
        .formats(Part.Format.MARKDOWN)
        .full(Feature.LOCATION, Feature.CONTACT, Feature.REPLY, Feature.TYPING)
        .full(Feature.RECEIPTS_DELIVERED, Feature.RECEIPTS_READ)
        .with(Feature.CHOICES, Grade.PARTIAL)
        .with(Feature.TEMPLATE, Grade.PARTIAL)
        .with(Feature.REACTION, Grade.PARTIAL)
        .with(Feature.EDIT, Grade.PARTIAL)
        .with(Feature.DELETE, Grade.PARTIAL)
        .with(Feature.IDEMPOTENT_SEND, Grade.REJECT)
        .build();
  }

  /** Meta tries for up to seven days; a day more for clocks. */
  @Override
  public Duration maxRedeliveryAge() {
    return Duration.ofDays(8);
  }

  @Override
  public RoutesBuilder routes(Account account) {
    return new WhatsAppRoutes(account, WhatsAppConfig.of(account.settings()));
  }
}
