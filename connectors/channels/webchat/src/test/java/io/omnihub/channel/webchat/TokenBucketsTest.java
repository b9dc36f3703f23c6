package io.omnihub.channel.webchat;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.testkit.ManualClock;
import io.omnihub.testkit.harness.Samples;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TokenBucketsTest {
  private final ManualClock clock = new ManualClock(Samples.NOON);
  private final TokenBuckets buckets = new TokenBuckets(3, clock);

  @Test
  void aBurstIsAllowedAndThenTheRate() {
    assertThat(take("a", 4)).containsExactly(0, 0, 0, 20);
    clock.advance(Duration.ofSeconds(19));
    assertThat(take("a", 1)).containsExactly(1);
    clock.advance(Duration.ofSeconds(1));
    assertThat(take("a", 2)).containsExactly(0, 20);
  }

  @Test
  void whatIsRefusedCostsNothing() {
    take("a", 100);
    clock.advance(Duration.ofSeconds(20));

    assertThat(take("a", 1)).containsExactly(0);
  }

  @Test
  void aClockThatGoesBackTakesNothingAway() {
    clock.advance(Duration.ofSeconds(-30));

    assertThat(take("a", 3)).containsExactly(0, 0, 0);
  }

  @Test
  void sweepingForgetsNobodyWhoMustWait() {
    take("a", 3);
    buckets.sweep();
    assertThat(take("a", 1)).containsExactly(20);

    clock.advance(Duration.ofMinutes(1));
    buckets.sweep();
    assertThat(take("a", 4)).containsExactly(0, 0, 0, 20);
  }

  private long[] take(String key, int times) {
    return IntStream.range(0, times).mapToLong(n -> buckets.take(key).toSeconds()).toArray();
  }
}
