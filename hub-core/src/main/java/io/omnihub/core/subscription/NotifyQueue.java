package io.omnihub.core.subscription;

import io.omnihub.core.outbox.Outbox;
import io.omnihub.core.store.Transaction;
import io.omnihub.core.timeline.Changes;
import io.omnihub.core.timeline.Changes.Change;
import java.sql.SQLException;

/**
 * Puts changes in line for those who want them: by conversation, so that one conversation's events
 * keep their order and hold up no other's.
 */
public final class NotifyQueue implements Changes.Listener {
  private final Subscriptions subscriptions;
  private final Outbox outbox;

  public NotifyQueue(Subscriptions subscriptions, Outbox outbox) {
    this.subscriptions = subscriptions;
    this.outbox = outbox;
  }

  @Override
  public boolean listens() {
    return !subscriptions.all().isEmpty();
  }

  @Override
  public void added(Transaction tx, Change change) throws SQLException {
    for (Subscription subscription : subscriptions.all()) {
      if (subscription.wants(change)) {
        add(tx, subscription, change);
      }
    }
  }

  /** Puts a change in line behind what waits. */
  void add(Transaction tx, Subscription subscription, Change change) throws SQLException {
    outbox.addNotify(tx, subscription.id(), change.conversationId(), change.seq());
  }
}
