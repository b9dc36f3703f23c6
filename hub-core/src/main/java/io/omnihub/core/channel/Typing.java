package io.omnihub.core.channel;

import io.omnihub.api.route.HubGateway.HubRoute;
import io.omnihub.api.route.HubGateway.Kind;
import io.omnihub.api.route.TypingNotice;
import io.omnihub.core.identity.Contacts;
import io.omnihub.core.plugin.HubPorts;
import io.omnihub.core.store.Store;
import io.omnihub.core.timeline.Legs.Leg;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows customers that somebody is writing, where the channel can; a failure is of no consequence.
 */
public final class Typing {
  private static final Logger LOG = LoggerFactory.getLogger(Typing.class);

  private final Store store;
  private final Contacts contacts;
  private final HubPorts ports;
  private final Executor executor;

  public Typing(Store store, Contacts contacts, HubPorts ports, Executor executor) {
    this.store = store;
    this.contacts = contacts;
    this.ports = ports;
    this.executor = executor;
  }

  /** Returns at once. */
  public void show(Leg leg, Duration duration) {
    ports
        .route(Kind.TYPING, leg.account())
        .ifPresent(route -> executor.execute(() -> show(route, leg, duration)));
  }

  private void show(HubRoute route, Leg leg, Duration duration) {
    Optional<Contacts.IdentityRow> identity =
        store.read(tx -> contacts.findById(tx, leg.identityId()));
    if (identity.isEmpty()) {
      return;
    }
    try {
      route.call(
          new TypingNotice(identity.get().identity(), leg.address(), leg.thread(), duration),
          Map.of());
    } catch (Exception e) {
      LOG.debug(
          "typing could not be shown on account {}: {}", leg.account(), e.getClass().getName());
    }
  }
}
