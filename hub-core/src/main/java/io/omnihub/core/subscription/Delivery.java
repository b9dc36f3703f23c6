package io.omnihub.core.subscription;

import java.time.Duration;
import java.util.Locale;

/**
 * How one attempt to tell a subscriber went.
 *
 * @param status of HTTP, 0 when there was no answer
 * @param retryAfter for how long the subscriber wants to be left alone; zero when it does not say
 */
record Delivery(Outcome outcome, int status, Duration retryAfter) {

  /** The kinds of ends. */
  enum Outcome {
    /** The subscriber has it. */
    DELIVERED,
    /** The subscriber wants no more of this. */
    GONE,
    /** The subscriber answered anything else. */
    REFUSED,
    /** There was no answer in time. */
    TIMEOUT,
    /** There was no connection, or it broke. */
    UNREACHABLE,
    /** The name leads to an address that the hub does not call. */
    FORBIDDEN_ADDRESS;

    /** As the log and the API write it. */
    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  static Delivery answered(int status, Duration retryAfter) {
    Outcome outcome =
        status / 100 == 2 ? Outcome.DELIVERED : status == 410 ? Outcome.GONE : Outcome.REFUSED;
    return new Delivery(outcome, status, retryAfter);
  }

  static Delivery failed(Outcome outcome) {
    return new Delivery(outcome, 0, Duration.ZERO);
  }

  /** For people. */
  String reason() {
    return status > 0 ? "HTTP " + status : outcome.word();
  }
}
