package io.omnihub.backend.faq;

import io.omnihub.api.config.ConfigSpec;
import io.omnihub.api.config.SettingType;
import io.omnihub.api.config.Settings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The settings of one FAQ bot.
 *
 * @param threshold answers below this confidence are not given, 0 to 1
 * @param greeting what is said to a mere greeting, empty for a short sentence in its language
 * @param handoffMessage what is said before handing off, empty for a short sentence in the language
 *     of the person
 */
record FaqConfig(Path knowledge, double threshold, String greeting, String handoffMessage) {

  /**
   * Measured on the banking77 questions with ten phrasings an intent: at this value 86 of 100
   * answers are right, and 60 of 100 questions are answered.
   */
  static final String DEFAULT_THRESHOLD = "0.45";

  static final ConfigSpec SPEC =
      ConfigSpec.builder()
          .required(
              "knowledge",
              SettingType.TEXT,
              "Path of the YAML file with questions and answers, relative to the working directory.")
          .withDefault(
              "threshold",
              SettingType.DECIMAL,
              DEFAULT_THRESHOLD,
              "From which confidence on the bot answers, 0 to 1; below, it hands off.")
          .withDefault(
              "settle",
              SettingType.DURATION,
              "300ms",
              "How long the hub waits for more messages before it asks the bot.")
          .withDefault(
              "patience",
              SettingType.DURATION,
              "30s",
              "How long the hub retries a failed turn before the next backend takes over.")
          .optional(
              "greeting",
              SettingType.TEXT,
              "What is said to a mere greeting; without it a short one in the person's language.")
          .optional(
              "handoff-message",
              SettingType.TEXT,
              "What is said before handing off; without it a short sentence in the person's"
                  + " language.")
          .build();

  static FaqConfig from(Settings settings) {
    double threshold = settings.decimal("threshold");
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException(
          "threshold: " + threshold + " is not understood, expected a number from 0 to 1");
    }
    return new FaqConfig(
        path(settings.text("knowledge")),
        threshold,
        settings.text("greeting"),
        settings.text("handoff-message"));
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("knowledge: expected the path of a YAML file", e);
    }
  }
}
