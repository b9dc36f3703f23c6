package io.omnihub.channel.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How many automatic mails an address gets. */
class AutoReplyGuardTest {
  private final ManualClock clock = new ManualClock(Instant.parse("2026-05-01T12:00:00Z"));
  private final AutoReplyGuard guard = new AutoReplyGuard(2, clock);

  @Test
  void R34_theHourSlides() {
    guard.count("ann@x.example");
    clock.advance(Duration.ofMinutes(40));
    guard.count("Ann@X.example");
    assertThat(guard.allows("ann@x.example")).isFalse();
    clock.advance(Duration.ofMinutes(20));
    assertThat(guard.allows("ann@x.example")).isTrue();
    guard.count("ann@x.example");
    assertThat(guard.allows("ann@x.example")).isFalse();
  }

  @Test
  void addressesDoNotCountForEachOther() {
    guard.count("ann@x.example");
    guard.count("ann@x.example");
    assertThat(guard.allows("bob@x.example")).isTrue();
  }

  @Test
  void memoryIsBounded() {
    guard.count("first@x.example");
    guard.count("first@x.example");
    for (int i = 0; i < 10_001; i++) {
      guard.count("n" + i + "@x.example");
    }
    assertThat(guard.allows("first@x.example")).as("forgotten").isTrue();
  }
}
