package io.omnihub.core.outbox;

import io.omnihub.core.outbox.OutboxEntry.Kind;
import io.omnihub.core.store.Transaction;
import java.time.Instant;

/** Hears what happens to the lanes of the outbox. Safe for all threads; must not block. */
public interface LaneWatch {

  /**
   * A lane that has something to do at a time.
   *
   * @param bulk whether that lets live messages go before it
   */
  record Wake(Kind kind, String lane, Instant at, boolean bulk) {}

  /** Something came into a lane or changed in it; said once it is durable. */
  void wake(Wake wake);

  /**
   * Whether an entry that the transaction is about to add may be written as begun, because nothing
   * else is in its lane and it will be run the moment it is durable; asked on the writer's thread.
   */
  default boolean claim(Transaction tx, Kind kind, String lane, String target, boolean bulk) {
    return false;
  }

  /** The entry that was claimed is durable: it is to be run now. */
  default void claimed(OutboxEntry entry) {}

  /** An entry is durably gone from its lane. */
  default void removed(OutboxEntry entry) {
    wake(new Wake(entry.kind(), entry.lane(), entry.dueAt(), entry.bulk()));
  }
}
