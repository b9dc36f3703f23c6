package io.omnihub.channel.webchat;

import io.omnihub.api.config.ConfigSpec;
import io.omnihub.api.config.Secret;
import io.omnihub.api.config.SettingType;
import io.omnihub.api.config.Settings;
import io.omnihub.api.connector.Account;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The settings of one web chat.
 *
 * @param visitorSecret what the shop signs its user ids with; empty when it signs none
 */
record WebchatConfig(
    AllowedOrigins origins,
    Optional<Secret> visitorSecret,
    boolean requireSigned,
    int messagesPerMinute,
    Duration sessionTtl,
    Appearance appearance) {

  static final ConfigSpec SPEC =
      ConfigSpec.builder()
          .optional(
              "allowed-origins",
              SettingType.TEXTS,
              "Origins of the pages that may show the chat, such as https://shop.example.com, or * for"
                  + " any; without it only the hub's own pages and those on this machine")
          .optionalSecret(
              "visitor-secret",
              "Secret with which the shop signs its user ids: hex of HMAC-SHA256 over the id")
          .withDefault(
              "require-signed",
              SettingType.FLAG,
              "false",
              "Whether only visitors with a signed user id may chat")
          .withDefault(
              "messages-per-minute",
              SettingType.INTEGER,
              "60",
              "How many messages and uploads one visitor may send in a minute")
          .withDefault(
              "session-ttl",
              SettingType.DURATION,
              "30d",
              "How long after the last visit a visitor is known again")
          .optional("title", SettingType.TEXT, "Title of the chat, in place of the widget's own")
          .optional("greeting", SettingType.TEXT, "First words in an empty chat")
          .optional("accent", SettingType.TEXT, "Colour of the widget, such as #0b6bcb")
          .build();

  private static final Pattern COLOUR = Pattern.compile("#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})|");

  WebchatConfig {
    if (requireSigned && visitorSecret.isEmpty()) {
      throw new IllegalArgumentException("require-signed needs a visitor-secret to check against");
    }
    if (messagesPerMinute < 1 || messagesPerMinute > 100_000) {
      throw new IllegalArgumentException("messages-per-minute must be from 1 to 100000");
    }
    if (sessionTtl.isZero()) {
      throw new IllegalArgumentException("session-ttl must be longer than nothing");
    }
  }

  static WebchatConfig read(Account account) {
    Settings settings = account.settings();
    return new WebchatConfig(
        AllowedOrigins.of(settings.texts("allowed-origins"), account.publicUrl()),
        settings.has("visitor-secret")
            ? Optional.of(settings.secret("visitor-secret"))
            : Optional.empty(),
        settings.flag("require-signed"),
        settings.integer("messages-per-minute"),
        settings.duration("session-ttl"),
        new Appearance(settings.text("title"), settings.text("greeting"), settings.text("accent")));
  }

  /** What the widget shows before anybody has written; empty texts leave it to the widget. */
  record Appearance(String title, String greeting, String accent) {
    Appearance {
      if (!COLOUR.matcher(accent).matches()) {
        throw new IllegalArgumentException("accent must be a colour such as #0b6bcb");
      }
    }
  }
}
