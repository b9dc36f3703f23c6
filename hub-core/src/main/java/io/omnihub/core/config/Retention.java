package io.omnihub.core.config;

import io.omnihub.api.config.ConfigSpec;
import io.omnihub.api.config.Problem;
import io.omnihub.api.config.SettingType;
import io.omnihub.api.config.Settings;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How long is kept what nobody asks for any more.
 *
 * @param raw requests of providers as they came
 * @param journal facts that were applied; their keys are what recognises a repetition
 * @param changes the feed of events
 * @param deadLetters dead letters that were retried or discarded; open ones stay
 * @param idempotency answers that a repeated request gets
 * @param attempts the log of attempts to tell subscribers
 */
public record Retention(
    Duration raw,
    Duration journal,
    Duration changes,
    Duration deadLetters,
    Duration idempotency,
    Duration attempts) {
  private static final Duration LEAST_IDEMPOTENCY = Duration.ofHours(24);

  static final ConfigSpec SPEC =
      ConfigSpec.builder()
          .withDefault(
              "raw", SettingType.DURATION, "30d", "How long raw requests of providers are kept.")
          .withDefault("journal", SettingType.DURATION, "30d", "How long applied facts are kept.")
          .withDefault(
              "changes", SettingType.DURATION, "7d", "How far back the feed of events reaches.")
          .withDefault(
              "dead-letters",
              SettingType.DURATION,
              "90d",
              "How long dead letters are kept that were retried or discarded.")
          .withDefault(
              "idempotency",
              SettingType.DURATION,
              "48h",
              "How long the answer to an Idempotency-Key is kept.")
          .withDefault(
              "attempts",
              SettingType.DURATION,
              "30d",
              "How long the log of attempts to tell subscribers is kept.")
          .build();

  /**
   * Takes the settings, and tells what is too short.
   *
   * @param longestRedelivery how long a provider of the configured channels may deliver again
   */
  static Retention of(Settings settings, Duration longestRedelivery, Consumer<Problem> problems) {
    Retention retention =
        new Retention(
            duration(settings, "raw"),
            duration(settings, "journal"),
            duration(settings, "changes"),
            duration(settings, "dead-letters"),
            duration(settings, "idempotency"),
            duration(settings, "attempts"));
    atLeast(
        "journal",
        retention.journal,
        longestRedelivery,
        "a provider may deliver again for that long, and would be taken for new",
        problems);
    atLeast(
        "idempotency",
        retention.idempotency,
        LEAST_IDEMPOTENCY,
        "callers may repeat a request for a day",
        problems);
    return retention;
  }

  /** A setting that was not understood is a problem already. */
  private static Duration duration(Settings settings, String key) {
    return settings.has(key) ? settings.duration(key) : Duration.ofDays(Integer.MAX_VALUE);
  }

  private static void atLeast(
      String key, Duration value, Duration least, String why, Consumer<Problem> problems) {
    if (value.compareTo(least) < 0) {
      String hours = least.toHours() % 24 == 0 ? least.toDays() + "d" : least.toHours() + "h";
      problems.accept(
          new Problem("retention." + key, "is too short, expected " + hours + " or more: " + why));
    }
  }
}
