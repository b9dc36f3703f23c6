package io.omnihub.channel.webhook;

import io.omnihub.api.config.ConfigSpec;
import io.omnihub.api.config.Secret;
import io.omnihub.api.config.SettingType;
import io.omnihub.api.config.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The settings of one partner.
 *
 * @param timeout for one call of the partner
 */
record WebhookConfig(
    WebhookSignature signature,
    Enforcement enforcement,
    Optional<URI> callbackUrl,
    Duration timeout) {

  static final ConfigSpec SPEC =
      ConfigSpec.builder()
          .optionalSecret(
              "secret", "Secret that signs in both directions, whsec_ followed by base64.")
          .secrets(
              "secrets",
              "Several secrets that are valid at once, for a rotation; the first one signs.")
          .optional(
              "callback-url",
              SettingType.ADDRESS,
              "Where messages to the partner's users are posted; without it nothing is sent.")
          .choice(
              "signature",
              "Whether a request without a valid signature is refused, taken with a warning, or not checked.",
              "enforce",
              "shadow",
              "off")
          .withDefault(
              "timeout", SettingType.DURATION, "15s", "How long one call of the partner may take.")
          .build();

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException when there is no secret or one is malformed
   */
  static WebhookConfig of(Settings settings) {
    List<Secret> secrets =
        Stream.concat(Stream.of(settings.text("secret")), settings.texts("secrets").stream())
            .filter(text -> !text.isBlank())
            .map(Secret::new)
            .toList();
    return new WebhookConfig(
        new WebhookSignature(secrets),
        Enforcement.of(settings.text("signature")),
        settings.optionalAddress("callback-url"),
        settings.duration("timeout"));
  }

  /** What happens to a request whose signature does not hold; a setting that the hub declares. */
  enum Enforcement {
    /** It is refused. */
    ENFORCE,
    /** It is taken, with a warning in the log. */
    SHADOW,
    /** Signatures are not looked at. */
    OFF;

    private static Enforcement of(String word) {
      return switch (word) {
        case "shadow" -> SHADOW;
        case "off" -> OFF;
        default -> ENFORCE;
      };
    }
  }
}
