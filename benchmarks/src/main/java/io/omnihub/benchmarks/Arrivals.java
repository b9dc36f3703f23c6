package io.omnihub.benchmarks;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/**
 * Knows who waits for which answer to reach the provider. Every message has a number of its own,
 * and its words are {@code w} and that number. Safe for all threads.
 */
final class Arrivals {
  private final Map<Long, LongConsumer> awaited = new ConcurrentHashMap<>();
  private final LongAdder strays = new LongAdder();

  /** Calls back once with {@link System#nanoTime()} when the answer to a message arrives. */
  void expect(long number, LongConsumer arrived) {
    awaited.put(number, arrived);
  }

  /** Nobody waits for it any more; false when it has arrived already. */
  boolean forget(long number) {
    return awaited.remove(number) != null;
  }

  /** An answer has reached the provider. */
  void arrived(String words) {
    long now = System.nanoTime();
    LongConsumer waiting = awaited.remove(Long.parseLong(words, 1, words.length(), 10));
    if (waiting == null) {
      strays.increment();
    } else {
      waiting.accept(now);
    }
  }

  /** Answers that nobody waited for: those that came twice, or after their wait was given up. */
  long strays() {
    return strays.sum();
  }

  static String words(long number) {
    return "w" + number;
  }
}
