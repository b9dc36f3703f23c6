package io.omnihub.channel.whatsapp;

import io.omnihub.api.config.ConfigSpec;
import io.omnihub.api.config.Secret;
import io.omnihub.api.config.SettingType;
import io.omnihub.api.config.Settings;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * The settings of one business number.
 *
 * @param businessAccountId what users' own ids are unique within
 * @param apiUrl without a slash at the end
 * @param language of templates that name none, as WhatsApp writes it; may be empty
 * @param readMarks whether customers see that what they wrote was read, once they are answered
 */
record WhatsAppConfig(
    WhatsAppSignature signature,
    Enforcement enforcement,
    Secret verifyToken,
    Secret accessToken,
    String phoneNumberId,
    String businessAccountId,
    String apiUrl,
    String language,
    boolean readMarks) {

  static final ConfigSpec SPEC =
      ConfigSpec.builder()
          .requiredSecret("app-secret", "The app's secret, with which Meta signs every webhook.")
          .requiredSecret(
              "verify-token", "Any text; the same is given to Meta when the webhook is set up.")
          .requiredSecret("access-token", "The token of a system user that may send messages.")
          .required(
              "phone-number-id",
              SettingType.TEXT,
              "The id of the business number, not the number itself.")
          .required(
              "business-account-id",
              SettingType.TEXT,
              "The id of the WhatsApp business account that the number belongs to.")
          .withDefault(
              "api-url",
              SettingType.ADDRESS,
              "https://graph.facebook.com/v23.0",
              "Where the Graph API is, with its version, or a simulator.")
          .choice(
              "signature",
              "Whether a request without a valid signature is refused, taken with a warning, or not checked.",
              "enforce",
              "shadow",
              "off")
          .withDefault(
              "read-marks",
              SettingType.FLAG,
              "true",
              "Whether customers see that their messages were read, once they are answered.")
          .build();

  private static final Pattern ID = Pattern.compile("[0-9A-Za-z_.-]{1,64}");

  /** What happens to a request whose signature does not hold. */
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

  /**
   * Reads checked settings.
   *
   * @throws IllegalArgumentException when one of them cannot be what it should be
   */
  static WhatsAppConfig of(Settings settings) {
    WhatsAppConfig config =
        new WhatsAppConfig(
            new WhatsAppSignature(settings.secret("app-secret")),
            Enforcement.of(settings.text("signature")),
            settings.secret("verify-token"),
            settings.secret("access-token"),
            settings.text("phone-number-id"),
            settings.text("business-account-id"),
            settings.address("api-url").toString().replaceFirst("/+$", ""),
            settings.text("language").replace('-', '_'),
            settings.flag("read-marks"));
    config.check();
    return config;
  }

  URI api() {
    return URI.create(apiUrl);
  }

  private void check() {
    checkId("phone-number-id", phoneNumberId);
    checkId("business-account-id", businessAccountId);
    if (!apiUrl.startsWith("http://") && !apiUrl.startsWith("https://")) {
      throw new IllegalArgumentException("api-url: expected an http or https address");
    }
    if (!accessToken.reveal().matches("[\\x21-\\x7e]+")) {
      throw new IllegalArgumentException("access-token: has characters that no token has");
    }
  }

  private static void checkId(String key, String id) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          key + ": expected the id that Meta shows in the app's WhatsApp settings");
    }
  }
}
