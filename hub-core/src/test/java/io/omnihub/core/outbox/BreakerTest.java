package io.omnihub.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BreakerTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private final ManualClock clock = new ManualClock(NOON);
  private final Breaker breaker = new Breaker(clock);

  /**
   * A story: F a failure, W a success, N nothing learnt, B something begins, a digit so many
   * seconds pass.
   */
  @ParameterizedTest
  @CsvSource({
    "'',               closed",
    "FFFF,             closed",
    "FFFFF,            open",
    "FFFFWFFFF,        closed",
    "FFFFNF,           open",
    "NNNNNNNN,         closed",
    "FFFFF4,           open",
    "FFFFF5,           half-open",
    "FFFFF5B,          half-open",
    "FFFFF5BW,         closed",
    "FFFFF5BWFFFF,     closed",
    "FFFFF5BF,         open",
    "FFFFF5BF9,        open",
    "FFFFF5BF91,       half-open",
    "FFFFF5BF91BWFFFFF5, half-open",
    "FFFFF5BN,         half-open",
    "FFFFFFFFFF5,      half-open",
    "FFFFF2W,          closed",
  })
  void R13_aTargetThatFailsIsLeftAloneAndTriedAgain(String story, String state) {
    story.chars().forEach(this::step);
    assertThat(breaker.state().phase().word()).isEqualTo(state);
  }

  private void step(int what) {
    switch (what) {
      case 'F' -> breaker.tell(Verdict.FAILED);
      case 'W' -> breaker.tell(Verdict.WELL);
      case 'N' -> breaker.tell(Verdict.NEITHER);
      case 'B' -> breaker.begin();
      default -> clock.advance(Duration.ofSeconds(what - '0'));
    }
  }

  private void fails() {
    for (int i = 0; i < Breaker.FAILURES; i++) {
      breaker.tell(Verdict.FAILED);
    }
  }

  @Test
  void R13_thePauseDoublesUpToAMinuteAndStartsAnew() {
    fails();
    for (int seconds : List.of(5, 10, 20, 40, 60, 60)) {
      assertThat(breaker.state().nextAttemptAt()).isEqualTo(clock.instant().plusSeconds(seconds));
      clock.advance(Duration.ofSeconds(seconds));
      assertThat(breaker.admits()).isTrue();
      breaker.begin();
      assertThat(breaker.admits()).isFalse();
      breaker.tell(Verdict.FAILED);
    }
    breaker.tell(Verdict.WELL);
    fails();
    assertThat(breaker.until()).isEqualTo(clock.instant().plusSeconds(5));
  }

  @Test
  void aClockThatIsPutBackLengthensNoPause() {
    fails();
    clock.advance(Duration.ofDays(-1));
    assertThat(breaker.admits()).isFalse();
    clock.advance(Duration.ofSeconds(5));
    assertThat(breaker.admits()).isTrue();
  }

  @Property
  void R13_oneAtATimeTriesAndItIsTriedWithinAMinute(
      @ForAll @Size(max = 200) List<Verdict> verdicts) {
    Breaker any = new Breaker(clock);
    for (Verdict verdict : verdicts) {
      if (!any.admits()) {
        clock.advance(Breaker.LONGEST_PAUSE);
      }
      assertThat(any.admits()).isTrue();
      boolean closed = any.isClosed();
      any.begin();
      assertThat(any.admits()).isEqualTo(closed);
      any.tell(verdict);
    }
  }
}
