package io.omnihub.channel.telegram;

import io.omnihub.api.config.ConfigSpec;
import io.omnihub.api.config.Secret;
import io.omnihub.api.config.SettingType;
import io.omnihub.api.config.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The settings of one account.
 *
 * @param secretToken empty when polling
 * @param apiUrl without a slash at the end
 */
record TelegramConfig(
    Secret token,
    Mode mode,
    Secret secretToken,
    String apiUrl,
    Duration pollTimeout,
    GroupPolicy.Admission group) {

  static final ConfigSpec SPEC =
      ConfigSpec.builder()
          .requiredSecret("token", "The bot's token, as @BotFather gave it.")
          .choice(
              "mode",
              "Whether Telegram calls the hub or the hub asks Telegram.",
              "webhook",
              "polling")
          .optionalSecret(
              "secret-token",
              "What Telegram sends along with every webhook call; required in mode webhook, 1 to"
                  + " 256 letters, digits, dashes and underscores.")
          .withDefault(
              "api-url",
              SettingType.ADDRESS,
              "https://api.telegram.org",
              "Where the Bot API is, for a Bot API server of your own or a simulator.")
          .withDefault(
              "poll-timeout",
              SettingType.DURATION,
              "25s",
              "How long one long poll waits for news, in mode polling.")
          .choice(
              "group",
              "Which messages of groups are taken: those that are meant for the bot, none, or all.",
              "mention",
              "ignore",
              "all")
          .build();

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9:_-]+");
  private static final Pattern SECRET_TOKEN = Pattern.compile("[A-Za-z0-9_-]{1,256}");

  /** How updates come. */
  enum Mode {
    WEBHOOK,
    POLLING
  }

  /**
   * Reads checked settings.
   *
   * @throws IllegalArgumentException when they contradict each other
   */
  static TelegramConfig of(Settings settings) {
    TelegramConfig config =
        new TelegramConfig(
            settings.secret("token"),
            settings.text("mode").equals("polling") ? Mode.POLLING : Mode.WEBHOOK,
            settings.secret("secret-token"),
            settings.address("api-url").toString().replaceFirst("/+$", ""),
            settings.duration("poll-timeout"),
            GroupPolicy.Admission.of(settings.text("group")));
    config.check();
    return config;
  }

  URI methodUrl(String method) {
    return URI.create(apiUrl + "/bot" + token.reveal() + "/" + method);
  }

  /** What stands behind {@link #apiUrl()} in the address of a method. */
  String methodPath(String method) {
    return "/bot" + token.reveal() + "/" + method;
  }

  /** The bot's user id, which every token begins with; 0 when this one does not. */
  long botId() {
    String digits = token.reveal().replaceFirst(":.*", "");
    return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : 0;
  }

  private void check() {
    if (!TOKEN.matcher(token.reveal()).matches()) {
      throw new IllegalArgumentException(
          "token: a bot token has letters, digits, a colon, dashes and underscores only");
    }
    if (mode == Mode.WEBHOOK && !SECRET_TOKEN.matcher(secretToken.reveal()).matches()) {
      throw new IllegalArgumentException(
          "secret-token: is required in mode webhook, 1 to 256 letters, digits, dashes and"
              + " underscores; without it anybody could post messages in a customer's name");
    }
    if (!apiUrl.startsWith("http://") && !apiUrl.startsWith("https://")) {
      throw new IllegalArgumentException("api-url: expected an http or https address");
    }
    if (pollTimeout.compareTo(Duration.ofSeconds(50)) > 0) {
      throw new IllegalArgumentException("poll-timeout: Telegram waits for at most 50s");
    }
  }
}
