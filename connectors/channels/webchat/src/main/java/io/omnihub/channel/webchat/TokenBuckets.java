package io.omnihub.channel.webchat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Allows so many things a minute to each key. Credit is counted in milliseconds times the rate, so
 * that nothing is rounded. Safe for all threads.
 */
final class TokenBuckets {
  private static final long PRICE = Duration.ofMinutes(1).toMillis();

  private final int perMinute;
  private final Clock clock;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  TokenBuckets(int perMinute, Clock clock) {
    this.perMinute = perMinute;
    this.clock = clock;
  }

  /** Takes one; zero when that is allowed, else how long to wait, in whole seconds. */
  Duration take(String key) {
    Instant now = clock.instant();
    Bucket full = new Bucket(perMinute * PRICE, now, true);
    Bucket after =
        buckets.compute(key, (k, bucket) -> (bucket == null ? full : refilled(bucket, now)).less());
    if (after.allowed) {
      return Duration.ZERO;
    }
    return Duration.ofSeconds(Math.ceilDiv(PRICE - after.credit, perMinute * 1000L));
  }

  /** Forgets those that are full again. */
  void sweep() {
    Instant now = clock.instant();
    buckets.values().removeIf(bucket -> refilled(bucket, now).credit >= perMinute * PRICE);
  }

  private Bucket refilled(Bucket bucket, Instant now) {
    long earned = Math.max(0, Duration.between(bucket.at, now).toMillis()) * perMinute;
    return new Bucket(Math.min(perMinute * PRICE, bucket.credit + earned), now, true);
  }

  private record Bucket(long credit, Instant at, boolean allowed) {
    Bucket less() {
      return credit >= PRICE ? new Bucket(credit - PRICE, at, true) : new Bucket(credit, at, false);
    }
  }
}
