package io.omnihub.core.outbox;

import io.omnihub.core.outbox.OutboxEntry.Kind;
import io.omnihub.core.store.Store;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** How far the outbox is behind. Safe for all threads; reads the database. */
public final class OutboxLag {
  /** A backlog of any size is judged by its oldest entries: what they say costs the same always. */
  private static final int LOOKED_AT = 10_000;

  private final String workspace;
  private final Store store;
  private final Clock clock;

  public OutboxLag(String workspace, Store store, Clock clock) {
    this.workspace = workspace;
    this.store = store;
    this.clock = clock;
  }

  /** When the oldest entry of a kind was due that is due and has not begun. */
  public Optional<Instant> oldestDue(Kind kind) {
    long due =
        store.read(
            tx ->
                tx.number(
                        "SELECT coalesce(min(due_at), 0) FROM (SELECT kind, state, due_at FROM outbox WHERE workspace = ?"
                            + " ORDER BY seq LIMIT ?) o WHERE kind = ? AND state = 'ready' AND due_at <= ?",
                        workspace,
                        LOOKED_AT,
                        kind.word(),
                        clock.millis())
                    .orElse(0L));
    return due == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(due));
  }
}
