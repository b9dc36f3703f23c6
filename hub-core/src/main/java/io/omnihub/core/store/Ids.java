package io.omnihub.core.store;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/**
 * Makes identifiers of rows: UUID version 7 (RFC 9562, section 5.7), so that they sort by time.
 * Within one millisecond they keep the order in which they were made. Safe for all threads.
 */
public final class Ids {
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private long lastMillis;
  private int sequence;

  public Ids(Clock clock) {
    this.clock = clock;
  }

  public synchronized String next() {
    long millis = Math.max(clock.millis(), lastMillis);
    sequence = millis == lastMillis ? sequence + 1 : random.nextInt(1 << 10);
    if (sequence >= 1 << 12) {
      millis++;
      sequence = 0;
    }
    lastMillis = millis;
    long high = (millis << 16) | 0x7000L | sequence;
    long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }
}
