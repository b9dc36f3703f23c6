package io.omnihub.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class PaceTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ManualClock clock = new ManualClock(NOON);
  private final Pace pace = new Pace(SECOND);

  private Duration wait(String lane) {
    return pace.untilNext(lane, clock.instant());
  }

  @Test
  void R41_aLaneRestsAndTheOthersDoNot() {
    pace.begun("ann", clock.instant());
    assertThat(wait("ann")).isEqualTo(SECOND);
    assertThat(wait("bob")).isZero();
    clock.advance(Duration.ofMillis(400));
    assertThat(wait("ann")).isEqualTo(Duration.ofMillis(600));
    clock.advance(Duration.ofMillis(600));
    assertThat(wait("ann")).isZero();
  }

  @Test
  void whatIsPastIsForgotten() {
    for (int i = 0; i < 1000; i++) {
      pace.begun("lane-" + i, clock.instant());
      clock.advance(Duration.ofMillis(100));
    }
    assertThat(pace.size()).isLessThanOrEqualTo(11);
  }

  @Test
  void thereIsAnEndToWhatIsRemembered() {
    for (int i = 0; i < Pace.MOST_LANES + 1000; i++) {
      pace.begun("lane-" + i, clock.instant());
    }
    assertThat(pace.size()).isEqualTo(Pace.MOST_LANES);
  }

  @Test
  void withoutALimitNothingIsRemembered() {
    Pace free = new Pace(Duration.ZERO);
    free.begun("ann", clock.instant());
    assertThat(free.size()).isZero();
    assertThat(free.untilNext("ann", clock.instant())).isZero();
  }

  @Test
  void aClockThatIsPutBackMakesNobodyRestLonger() {
    pace.begun("ann", clock.instant());
    clock.advance(Duration.ofHours(-1));
    assertThat(wait("ann")).isEqualTo(SECOND);
    clock.advance(SECOND);
    assertThat(wait("ann")).isZero();
  }

  @Test
  void whatDidNotBeginAfterAllCountsNot() {
    pace.begun("ann", clock.instant());
    pace.giveBack("ann");
    assertThat(wait("ann")).isZero();
  }
}
