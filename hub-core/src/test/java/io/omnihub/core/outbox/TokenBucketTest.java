package io.omnihub.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class TokenBucketTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private final ManualClock clock = new ManualClock(NOON);

  private boolean takes(TokenBucket bucket) {
    boolean there = bucket.untilNext(clock.instant()).isZero();
    if (there) {
      bucket.take(clock.instant());
    }
    return there;
  }

  private int takesAll(TokenBucket bucket) {
    int taken = 0;
    while (taken < 1000 && takes(bucket)) {
      taken++;
    }
    return taken;
  }

  @Test
  void R41_aRestGivesTheBurstAndThenOneTokenAnInterval() {
    TokenBucket bucket = new TokenBucket(Duration.ofMillis(50), 20);
    assertThat(takesAll(bucket)).isEqualTo(20);
    assertThat(bucket.untilNext(clock.instant())).isEqualTo(Duration.ofMillis(50));
    clock.advance(Duration.ofMillis(30));
    assertThat(bucket.untilNext(clock.instant())).isEqualTo(Duration.ofMillis(20));
    clock.advance(Duration.ofMillis(20));
    assertThat(takesAll(bucket)).isEqualTo(1);
    clock.advance(Duration.ofMillis(500));
    assertThat(takesAll(bucket)).isEqualTo(10);
    clock.advance(Duration.ofHours(1));
    assertThat(takesAll(bucket)).isEqualTo(20);
  }

  @Test
  void R41_lessThanOneASecondIsARateToo() {
    TokenBucket bucket = new TokenBucket(Duration.ofSeconds(2), 1);
    assertThat(takesAll(bucket)).isEqualTo(1);
    clock.advance(Duration.ofMillis(1999));
    assertThat(takesAll(bucket)).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(takesAll(bucket)).isEqualTo(1);
  }

  @Test
  void aTokenThatWasNotUsedIsThereAgain() {
    TokenBucket bucket = new TokenBucket(Duration.ofSeconds(1), 2);
    assertThat(takesAll(bucket)).isEqualTo(2);
    bucket.giveBack();
    assertThat(takesAll(bucket)).isEqualTo(1);
  }

  @Test
  void withoutAnIntervalThereIsAlwaysOne() {
    TokenBucket bucket = new TokenBucket(Duration.ZERO, 1);
    assertThat(takesAll(bucket)).isEqualTo(1000);
    clock.advance(Duration.ofDays(-1));
    assertThat(takesAll(bucket)).isEqualTo(1000);
  }

  @Test
  void aClockThatIsPutBackMakesNobodyWaitLongerThanAnInterval() {
    TokenBucket bucket = new TokenBucket(Duration.ofMillis(50), 20);
    assertThat(takesAll(bucket)).isEqualTo(20);
    clock.advance(Duration.ofDays(-1));
    assertThat(bucket.untilNext(clock.instant())).isEqualTo(Duration.ofMillis(50));
    clock.advance(Duration.ofMillis(50));
    assertThat(takesAll(bucket)).isEqualTo(1);
  }

  @Property
  void R41_noStretchOfTimeGivesMoreThanItsTokensAndTheBurst(
      @ForAll @IntRange(min = 1, max = 1000) int millis,
      @ForAll @IntRange(min = 1, max = 30) int burst,
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 3000) Integer> pauses) {
    TokenBucket bucket = new TokenBucket(Duration.ofMillis(millis), burst);
    long taken = 0;
    long passed = 0;
    for (int pause : pauses) {
      clock.advance(Duration.ofMillis(pause));
      passed += pause;
      taken += takesAll(bucket);
      assertThat(taken).isLessThanOrEqualTo(burst + passed / millis);
    }
    assertThat(taken).isGreaterThanOrEqualTo(burst);
  }
}
