package io.omnihub.core.subscription;

import io.micrometer.core.instrument.MeterRegistry;
import io.omnihub.core.journal.DeadLetters;
import io.omnihub.core.outbox.EntryRunner;
import io.omnihub.core.outbox.Outbox;
import io.omnihub.core.outbox.OutboxEntry;
import io.omnihub.core.outbox.Verdict;
import io.omnihub.core.store.Store;
import io.omnihub.core.store.Transaction;
import io.omnihub.core.subscription.Delivery.Outcome;
import io.omnihub.core.subscription.SubscriptionLog.Attempt;
import io.omnihub.core.timeline.Changes;
import io.omnihub.core.timeline.Changes.Change;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells subscribers, again and again for a day. A call that was made and whose end could not be
 * stored is made again with the same id.
 */
public final class NotifyRunner implements EntryRunner {
  private static final Logger LOG = LoggerFactory.getLogger(NotifyRunner.class);
  private static final Duration PATIENCE = Duration.ofHours(24);

  private final Parts parts;
  private final Receivers receivers;
  private final Backoff backoff;
  private final Clock clock;
  private final MeterRegistry meters;

  public NotifyRunner(
      Parts parts, Receivers receivers, RandomGenerator random, Clock clock, MeterRegistry meters) {
    this.parts = parts;
    this.receivers = receivers;
    this.clock = clock;
    this.meters = meters;
    backoff = new Backoff(random);
  }

  /** What it works with. */
  public record Parts(
      Store store,
      Outbox outbox,
      Subscriptions subscriptions,
      Changes changes,
      SubscriptionLog log,
      DeadLetters deadLetters) {}

  /**
   * Each conversation of a subscriber backs off by itself, so nothing is told of the subscriber.
   */
  @Override
  public Verdict run(OutboxEntry entry, boolean claimed) {
    tell(entry);
    return Verdict.NEITHER;
  }

  private void tell(OutboxEntry entry) {
    Optional<Change> change =
        parts.store().read(tx -> parts.changes().find(tx, Long.parseLong(entry.subject())));
    // asked for last, so that nothing is begun for one that has been deleted
    Optional<Subscription> subscription = parts.subscriptions().find(entry.target());
    if (subscription.isEmpty()) {
      drop(entry);
    } else if (change.isEmpty()) {
      LOG.warn("event {} is no longer kept and cannot be told", entry.subject());
      drop(entry);
    } else if (!subscription.get().account().isEmpty() && change.get().isNote()) {
      drop(entry);
    } else {
      call(entry, subscription.get(), change.get());
    }
  }

  private void call(OutboxEntry entry, Subscription subscription, Change change) {
    String body = change.envelope();
    Instant began = clock.instant();
    Map<String, String> headers =
        WebhookSigner.headers(subscription.secrets().validAt(began), entry.subject(), began, body);
    long start = System.nanoTime();
    Delivery delivery =
        receivers.post(subscription.url(), headers, body.getBytes(StandardCharsets.UTF_8));
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    meters.timer("omnihub.notifications", "outcome", delivery.outcome().word()).record(took);
    Attempt attempt =
        new Attempt(
            0,
            change.seq(),
            change.type(),
            began,
            took,
            delivery.status(),
            delivery.outcome().word());
    end(entry, subscription, attempt, delivery);
  }

  private void end(
      OutboxEntry entry, Subscription subscription, Attempt attempt, Delivery delivery) {
    parts
        .store()
        .insist(
            tx -> {
              parts.log().add(tx, subscription.id(), attempt);
              switch (delivery.outcome()) {
                case DELIVERED, GONE -> parts.outbox().remove(tx, entry);
                case REFUSED, TIMEOUT, UNREACHABLE, FORBIDDEN_ADDRESS ->
                    failed(tx, entry, attempt, delivery);
              }
              return null;
            });
    if (delivery.outcome() == Outcome.GONE) {
      LOG.warn("the subscriber of {} answered that it is gone", subscription.id());
      boolean unused = parts.subscriptions().delete(subscription.id());
    }
  }

  private void failed(Transaction tx, OutboxEntry entry, Attempt attempt, Delivery delivery)
      throws SQLException {
    Instant now = clock.instant();
    if (now.isBefore(entry.createdAt().plus(PATIENCE))) {
      Instant due = now.plus(backoff.after(entry.attempts(), delivery.retryAfter()));
      parts.outbox().again(tx, entry, due, delivery.reason());
      return;
    }
    parts.outbox().remove(tx, entry);
    Optional<Subscription> subscription = parts.subscriptions().find(entry.target());
    // the dead letter that this event tells of is listed already; one more about not telling it
    // would breed the next
    if (subscription.isPresent() && !attempt.type().equals(EventTypes.DEAD_LETTER)) {
      String reason = "given up after " + PATIENCE.toHours() + " hours: " + delivery.reason();
      String subject = new Replays.Subject(entry.target(), attempt.change()).toString();
      parts
          .deadLetters()
          .add(tx, DeadLetters.Kind.NOTIFY, subscription.get().account(), subject, reason);
    }
  }

  private void drop(OutboxEntry entry) {
    parts
        .store()
        .write(
            tx -> {
              parts.outbox().remove(tx, entry);
              return null;
            });
  }
}
