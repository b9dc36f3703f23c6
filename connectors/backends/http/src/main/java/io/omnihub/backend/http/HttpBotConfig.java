package io.omnihub.backend.http;

import io.omnihub.api.config.ConfigSpec;
import io.omnihub.api.config.SettingType;
import io.omnihub.api.config.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The settings of one bot.
 *
 * @param timeout for one call, from the connection to the last byte of the answer
 * @param headers sent with every turn
 */
record HttpBotConfig(
    URI url, Optional<HttpBotSignature> signature, Duration timeout, Map<String, String> headers) {

  private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  /** What the hub reads of these: {@code patience} and {@code settle}. */
  static final ConfigSpec SPEC =
      ConfigSpec.builder()
          .required("url", SettingType.ADDRESS, "Where turns are posted.")
          .optionalSecret("secret", "Secret that signs the turns, whsec_ followed by base64.")
          .withDefault(
              "timeout", SettingType.DURATION, "10s", "How long one call of the bot may take.")
          .withDefault(
              "patience",
              SettingType.DURATION,
              "30s",
              "How long a turn is tried before the next backend takes over.")
          .withDefault(
              "settle",
              SettingType.DURATION,
              "300ms",
              "How long to wait for more messages before a turn begins.")
          .optional("headers", SettingType.MAPPING, "Headers that every call carries.")
          .build();

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException when the secret is malformed or a header cannot be sent
   */
  static HttpBotConfig of(Settings settings) {
    Map<String, String> headers = settings.mapping("headers");
    headers.forEach(HttpBotConfig::check);
    return new HttpBotConfig(
        settings.address("url"),
        Optional.of(settings.secret("secret"))
            .filter(secret -> !secret.reveal().isBlank())
            .map(HttpBotSignature::new),
        settings.duration("timeout"),
        headers);
  }

  private static void check(String name, String value) {
    if (!HEADER_NAME.matcher(name).matches() || value.chars().anyMatch(c -> c < ' ' && c != '\t')) {
      throw new IllegalArgumentException(
          "headers: " + name + " cannot be sent, expected a name and a value on one line");
    }
  }
}
