package io.omnihub.core.outbox;

import io.omnihub.core.outbox.OutboxEntry.Kind;
import java.time.Duration;

/**
 * How much of one target may be begun.
 *
 * @param room so many calls are under way at a time
 * @param interval between two begins on the average; zero is no limit
 * @param burst so many may begin at once after a rest
 * @param laneInterval between two begins of one lane; zero is no limit
 * @param patience how long an entry may wait while its target fails
 */
public record Limits(
    int room, Duration interval, int burst, Duration laneInterval, Duration patience) {
  private static final Duration FOREVER = Duration.ofDays(365_000);

  public Limits {
    if (room < 1 || burst < 1 || interval.isNegative() || laneInterval.isNegative()) {
      throw new IllegalArgumentException("limits that let nothing through");
    }
  }

  /** Knows the limits of each target; asked once, when the target is first heard of. */
  public interface Book {
    Limits of(Kind kind, String target);
  }

  /**
   * Without a rate. A backlog shall not knock a subscriber over, who is called by fewer at a time.
   */
  public static Limits of(Kind kind) {
    int room =
        switch (kind) {
          case TURN, SEND -> 512;
          case NOTIFY -> 16;
        };
    return new Limits(room, Duration.ZERO, 1, Duration.ZERO, FOREVER);
  }

  /** As they are, with a rate; durations of zero are no limit. */
  public Limits withRate(Duration between, int atOnce, Duration inLane) {
    return new Limits(room, between, atOnce, inLane, patience);
  }

  /** As they are, with a patience. */
  public Limits withPatience(Duration longest) {
    return new Limits(room, interval, burst, laneInterval, longest);
  }
}
