package io.omnihub.channel.email;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Breaks loops of machines that answer each other in spite of all headers: one address gets only so
 * many mails of bots within an hour. Kept in memory for the addresses written to last. Safe for all
 * threads.
 */
final class AutoReplyGuard {
  private static final Duration WINDOW = Duration.ofHours(1);
  private static final int ADDRESSES = 10_000;

  private final int limit;
  private final Clock clock;
  private final Map<String, Deque<Instant>> sent =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<Instant>> eldest) {
          return size() > ADDRESSES;
        }
      };

  AutoReplyGuard(int limit, Clock clock) {
    this.limit = limit;
    this.clock = clock;
  }

  synchronized boolean allows(String address) {
    return recent(address).size() < limit;
  }

  /** One more was, or may have been, sent. */
  synchronized void count(String address) {
    recent(address).add(clock.instant());
  }

  private Deque<Instant> recent(String address) {
    Deque<Instant> times =
        sent.computeIfAbsent(address.toLowerCase(Locale.ROOT), unknown -> new ArrayDeque<>());
    Instant start = clock.instant().minus(WINDOW);
    while (!times.isEmpty() && !times.getFirst().isAfter(start)) {
      times.removeFirst();
    }
    return times;
  }
}
