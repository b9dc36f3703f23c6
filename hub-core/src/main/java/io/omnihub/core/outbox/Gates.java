package io.omnihub.core.outbox;

import io.omnihub.core.outbox.OutboxEntry.Kind;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** The gates of all targets that were heard of. Guarded by the dispatcher's lock. */
final class Gates {
  private final Map<Lane.Key, Gate> gates = new HashMap<>();
  private final Limits.Book book;
  private final Clock clock;

  Gates(Limits.Book book, Clock clock) {
    this.book = book;
    this.clock = clock;
  }

  Gate of(Kind kind, String target) {
    return gates.computeIfAbsent(
        new Lane.Key(kind, target), key -> new Gate(key, book.of(kind, target), clock));
  }

  Gate of(OutboxEntry entry) {
    return of(entry.kind(), entry.target());
  }

  /** How many lanes of a kind wait for a token, or for a target that fails. */
  int held(Kind kind) {
    return gates.entrySet().stream()
        .filter(gate -> gate.getKey().kind() == kind)
        .mapToInt(gate -> gate.getValue().held())
        .sum();
  }

  BreakerState breaker(Kind kind, String target) {
    Gate gate = gates.get(new Lane.Key(kind, target));
    return gate == null ? BreakerState.CLOSED : gate.state();
  }
}
