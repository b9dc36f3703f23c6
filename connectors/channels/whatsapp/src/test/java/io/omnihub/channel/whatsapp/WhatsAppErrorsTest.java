package io.omnihub.channel.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.model.Failure;
import io.omnihub.api.model.SendOutcome;
import io.omnihub.testkit.ManualClock;
import io.omnihub.testkit.harness.Samples;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhatsAppErrorsTest {
  private final ManualClock clock = new ManualClock(Samples.NOON);

  @ParameterizedTest
  @CsvSource({
    "400, 131047, refused window-closed",
    "400, 131026, refused recipient-invalid",
    "400, 131021, refused recipient-invalid",
    "400, 131030, refused recipient-invalid",
    "400, 137000, refused recipient-invalid",
    "400, 131050, refused recipient-blocked",
    "400, 131049, refused rate-limited",
    "400, 131008, refused content-rejected",
    "400, 131009, refused content-rejected",
    "400, 131051, refused content-rejected",
    "400, 131062, refused content-rejected",
    "400, 130472, refused content-rejected",
    "400, 100, refused content-rejected",
    "404, 132001, refused content-rejected",
    "400, 132015, refused content-rejected",
    "403, 131031, refused config",
    "403, 368, refused config",
    "400, 131042, refused config",
    "401, 190, refused auth",
    "403, 10, refused auth",
    "403, 200, refused auth",
    "500, 0, refused auth",
    "400, 131056, throttled 6",
    "429, 130429, throttled 5",
    "400, 80007, throttled 60",
    "400, 4, throttled 60",
    "400, 131048, throttled 900",
    "400, 131053, not-sent transient",
    "500, 131000, not-sent transient",
    "500, 131016, not-sent transient",
    "500, 2, not-sent transient",
    "503, 131057, not-sent transient",
    "500, 99999, not-sent transient",
    "400, 99999, refused content-rejected",
    "401, -1, refused auth",
    "429, -1, throttled 5",
    "500, -1, not-sent transient",
    "502, -1, unknown unknown-outcome",
    "504, -1, unknown unknown-outcome",
  })
  void everyCodeHasItsOutcome(int status, int code, String outcome) {
    assertThat(words(WhatsAppErrors.outcome(declined(status, code, null), clock)))
        .isEqualTo(outcome);
  }

  @Test
  void aLongerWaitOfTheProviderCounts() {
    assertThat(words(WhatsAppErrors.outcome(declined(429, 130429, "30"), clock)))
        .isEqualTo("throttled 30");
    assertThat(words(WhatsAppErrors.outcome(declined(400, 131056, "1"), clock)))
        .isEqualTo("throttled 6");
  }

  @Test
  void onlyLimitsOfTheAccountHoldEverybodyUp() {
    assertThat(WhatsAppErrors.pause(declined(429, 130429, null), clock)).isPresent();
    assertThat(WhatsAppErrors.pause(declined(400, 131056, null), clock)).isEmpty();
    assertThat(WhatsAppErrors.pause(declined(400, 131047, null), clock)).isEmpty();
  }

  @Test
  void R38_aClosedWindowSaysTheWayOut() {
    assertThat(WhatsAppErrors.ofStatus(131047).detail()).contains("template");
  }

  private static GraphAnswer.Declined declined(int status, int code, String retryAfter) {
    return new GraphAnswer.Declined(status, code, retryAfter);
  }

  private static String words(SendOutcome outcome) {
    return switch (outcome) {
      case SendOutcome.Accepted accepted -> "accepted";
      case SendOutcome.Refused refused -> "refused " + word(refused.failure());
      case SendOutcome.NotSent notSent -> "not-sent " + word(notSent.failure());
      case SendOutcome.Unknown unknown -> "unknown " + word(unknown.failure());
      case SendOutcome.Throttled throttled ->
          "throttled " + (throttled.until().getEpochSecond() - Samples.NOON.getEpochSecond());
    };
  }

  private static String word(Failure failure) {
    return failure.code().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
