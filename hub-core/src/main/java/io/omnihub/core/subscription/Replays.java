package io.omnihub.core.subscription;

import io.omnihub.core.journal.DeadLetters;
import io.omnihub.core.journal.DeadLetters.DeadLetter;
import io.omnihub.core.store.Store;
import io.omnihub.core.store.Transaction;
import io.omnihub.core.timeline.Changes;
import io.omnihub.core.timeline.Changes.Change;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tells subscribers once more, behind what waits for them. Blocks. Safe for all threads. */
public final class Replays {
  private static final int PAGE = 500;

  private final Store store;
  private final Subscriptions subscriptions;
  private final Changes changes;
  private final NotifyQueue queue;
  private final DeadLetters deadLetters;

  public Replays(
      Store store,
      Subscriptions subscriptions,
      Changes changes,
      NotifyQueue queue,
      DeadLetters deadLetters) {
    this.store = store;
    this.subscriptions = subscriptions;
    this.changes = changes;
    this.queue = queue;
    this.deadLetters = deadLetters;
  }

  /**
   * Puts all changes that a subscription wants in line again, from a time up to now. Ends early
   * when the subscription is deleted meanwhile.
   *
   * @return how many
   */
  public long since(String id, Instant from) {
    long last = changes.newest(store);
    long place = changes.placeBefore(store, from);
    long count = 0;
    while (place < last) {
      Optional<Subscription> subscription = subscriptions.find(id);
      List<Change> page = changes.after(store, place, PAGE);
      if (subscription.isEmpty() || page.isEmpty()) {
        return count;
      }
      List<Change> wanted =
          page.stream()
              .filter(change -> change.seq() <= last && !change.at().isBefore(from))
              .filter(subscription.get()::wants)
              .toList();
      add(subscription.get(), wanted);
      count += wanted.size();
      place = page.getLast().seq();
    }
    return count;
  }

  private void add(Subscription subscription, List<Change> wanted) {
    if (wanted.isEmpty()) {
      return;
    }
    store.write(
        tx -> {
          for (Change change : wanted) {
            queue.add(tx, subscription, change);
          }
          return null;
        });
  }

  /**
   * Puts a dead letter of a notification in line again and takes it from the list.
   *
   * @return false when its subscription or its event is no longer there
   */
  public boolean retry(Transaction tx, DeadLetter letter) throws SQLException {
    Subject subject = Subject.parse(letter.subject());
    Optional<Subscription> subscription = subscriptions.find(subject.subscription());
    Optional<Change> change = changes.find(tx, subject.change());
    boolean again = subscription.isPresent() && change.isPresent();
    if (again && deadLetters.end(tx, letter.id(), true)) {
      queue.add(tx, subscription.get(), change.get());
    }
    return again;
  }

  /** What a dead letter of a notification is about. */
  record Subject(String subscription, long change) {
    static Subject parse(String text) {
      int slash = text.indexOf('/');
      return new Subject(text.substring(0, slash), Long.parseLong(text.substring(slash + 1)));
    }

    @Override
    public String toString() {
      return subscription + "/" + change;
    }
  }
}
