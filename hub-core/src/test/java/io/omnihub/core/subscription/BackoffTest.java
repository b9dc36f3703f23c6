package io.omnihub.core.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackoffTest {
  private final Backoff backoff = new Backoff(new Random(1));

  @ParameterizedTest
  @CsvSource({
    "0, 800, 1000",
    "1, 1600, 2000",
    "4, 12800, 16000",
    "9, 240000, 300000",
    "400, 240000, 300000"
  })
  void waitsAreDoubledUpToFiveMinutes(int attempts, long least, long most) {
    for (int i = 0; i < 100; i++) {
      assertThat(backoff.after(attempts, Duration.ZERO).toMillis()).isBetween(least, most);
    }
  }

  @ParameterizedTest
  @CsvSource({"120, 120", "3600, 3600", "999999999, 3600"})
  void whatTheSubscriberAsksForIsHonouredUpToAnHour(long asked, long seconds) {
    assertThat(backoff.after(0, Duration.ofSeconds(asked))).isEqualTo(Duration.ofSeconds(seconds));
  }
}
