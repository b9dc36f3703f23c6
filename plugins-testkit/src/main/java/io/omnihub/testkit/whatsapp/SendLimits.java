package io.omnihub.testkit.whatsapp;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * How much may be sent: freely only within 24 hours of what a customer wrote, to one customer a
 * burst and then one in six seconds, to all together so many a second. Not safe for threads; its
 * owner locks.
 */
final class SendLimits {
  private static final Duration WINDOW = Duration.ofHours(24);
  private static final Duration PAIR_PAUSE = Duration.ofSeconds(6);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Clock clock;
  private final Map<String, Instant> wrote = new HashMap<>();
  private final Map<String, Instant> pairs = new HashMap<>();
  private final Deque<Instant> lastSecond = new ArrayDeque<>();
  private int pairBurst = 45;
  private int perSecond = 80;

  SendLimits(Clock clock) {
    this.clock = clock;
  }

  void set(int newPairBurst, int newPerSecond) {
    pairBurst = newPairBurst;
    perSecond = newPerSecond;
  }

  void customerWrote(WhatsAppUser user) {
    wrote.put(key(user), clock.instant());
  }

  void customerMoved(WhatsAppUser before, WhatsAppUser after) {
    wrote.put(key(after), wrote.getOrDefault(key(before), Instant.EPOCH));
  }

  /** Counts a message, or refuses it. */
  void check(WhatsAppUser user, boolean template) {
    Instant now = clock.instant();
    Instant last = wrote.getOrDefault(key(user), Instant.EPOCH);
    if (!template && !last.plus(WINDOW).isAfter(now)) {
      throw new GraphRefusal(400, 131047, "Re-engagement message");
    }
    while (!lastSecond.isEmpty() && !lastSecond.getFirst().isAfter(now.minus(SECOND))) {
      lastSecond.removeFirst();
    }
    if (lastSecond.size() >= perSecond) {
      throw new GraphRefusal(429, 130429, "Rate limit hit");
    }
    // When the pair would be back to having sent nothing lately.
    Instant full = pairs.getOrDefault(key(user), now);
    Instant used = full.isAfter(now) ? full : now;
    if (used.plus(PAIR_PAUSE).isAfter(now.plus(PAIR_PAUSE.multipliedBy(pairBurst)))) {
      throw new GraphRefusal(400, 131056, "Pair rate limit hit");
    }
    pairs.put(key(user), used.plus(PAIR_PAUSE));
    lastSecond.addLast(now);
  }

  private static String key(WhatsAppUser user) {
    return user.userId().isEmpty() ? user.number() : user.userId();
  }
}
