package io.omnihub.core.subscription;

import io.omnihub.core.timeline.Changes.Change;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/**
 * Somebody who is told of events.
 *
 * @param url where events are posted; http or https
 * @param events the types; empty means all that can be subscribed to
 * @param account the channel account whose events these are, empty for all
 * @param secrets what signs; never shown again
 * @param createdBy the name of the key that made it
 */
public record Subscription(
    String id,
    URI url,
    List<String> events,
    String account,
    SigningSecrets secrets,
    String createdBy,
    Instant createdAt) {

  public Subscription {
    events = List.copyOf(events);
    if (!EventTypes.all().containsAll(events)) {
      throw new IllegalArgumentException("a type that cannot be subscribed to");
    }
  }

  boolean wants(Change change) {
    List<String> types = events.isEmpty() ? EventTypes.all() : events;
    return types.contains(change.type()) && (account.isEmpty() || account.equals(change.account()));
  }

  /** The same with other secrets. */
  Subscription with(SigningSecrets others) {
    return new Subscription(id, url, events, account, others, createdBy, createdAt);
  }
}
