package io.omnihub.core.config;

import io.omnihub.api.config.ConfigSpec;
import io.omnihub.api.config.Problem;
import io.omnihub.api.config.SettingType;
import io.omnihub.api.config.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How much may be sent on an account.
 *
 * @param interval between two requests on the average; zero is no limit
 * @param burst so many requests may go at once after a rest
 * @param recipientInterval between two requests to one recipient; zero is no limit
 */
public record Rate(Duration interval, int burst, Duration recipientInterval) {
  /** As much as the provider takes. */
  public static final Rate UNLIMITED = new Rate(Duration.ZERO, 1, Duration.ZERO);

  private static final double LEAST = 0.001;
  private static final double MOST = 10_000;
  private static final long MOST_AT_ONCE = 100_000;

  static final ConfigSpec SPEC =
      ConfigSpec.builder()
          .optional(
              "per-second",
              SettingType.DECIMAL,
              "How many requests to the provider a second, on the average.")
          .optional(
              "burst",
              SettingType.INTEGER,
              "How many requests may go at once after a rest; a second's worth if not given.")
          .optional(
              "recipient-per-second",
              SettingType.DECIMAL,
              "How many requests a second for one recipient.")
          .build();

  /** The rate that a channel account's settings give, without problems. */
  public static Rate of(Settings account) {
    return account.section("rate").map(Rate::read).orElse(UNLIMITED);
  }

  private static Rate read(Settings rate) {
    double perSecond = rate.has("per-second") ? rate.decimal("per-second") : 0;
    int usual = (int) Math.max(1, Math.ceil(perSecond));
    return new Rate(
        interval(perSecond),
        rate.has("burst") ? rate.integer("burst") : usual,
        interval(rate.has("recipient-per-second") ? rate.decimal("recipient-per-second") : 0));
  }

  private static Duration interval(double perSecond) {
    return perSecond == 0 ? Duration.ZERO : Duration.ofNanos(Math.round(1e9 / perSecond));
  }

  /** What is wrong with the rate among a channel account's settings. */
  static List<Problem> problems(Settings account) {
    return account.section("rate").map(Rate::problemsIn).orElse(List.of());
  }

  private static List<Problem> problemsIn(Settings rate) {
    List<Problem> problems = new ArrayList<>();
    for (String key : List.of("per-second", "recipient-per-second")) {
      if (rate.has(key) && !isPossible(rate.decimal(key))) {
        problems.add(problem(key, "expected a number from 0.001 to 10000"));
      }
    }
    if (rate.has("burst") && (rate.size("burst") < 1 || rate.size("burst") > MOST_AT_ONCE)) {
      problems.add(problem("burst", "expected a whole number from 1 to " + MOST_AT_ONCE));
    } else if (rate.has("burst") && !rate.has("per-second")) {
      problems.add(problem("burst", "means nothing without per-second"));
    }
    return problems;
  }

  /** No comparison is true of what is not a number. */
  private static boolean isPossible(double perSecond) {
    return perSecond >= LEAST && perSecond <= MOST;
  }

  private static Problem problem(String key, String message) {
    return new Problem("rate." + key, message);
  }
}
