package io.omnihub.core.journal;

import io.omnihub.api.model.InboundEvent;
import io.omnihub.core.store.Transaction;
import java.sql.SQLException;

/** What the journal hands facts to; one at a time in each lane. */
public interface FactHandler {

  /** Whether the event can be applied as it is, without {@link #prepare}. Must not block. */
  default boolean ready(InboundEvent event) {
    return false;
  }

  /**
   * Gets what the fact needs from outside (attachments) before it is applied. May block for
   * seconds.
   */
  Fact prepare(Fact fact);

  /**
   * Applies the fact; runs in the transaction that also marks it as applied, and may run again
   * after a rollback.
   */
  void apply(Transaction tx, Fact fact) throws SQLException;
}
