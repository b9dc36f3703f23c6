package io.omnihub.api.connector;

import io.omnihub.api.model.Capabilities;
import java.time.Duration;
import java.util.Optional;

/**
 * Connects one kind of channel. Its routes consume {@code hub:outbound/ACCOUNT} and feed {@code
 * hub:inbound/ACCOUNT}; see {@link io.omnihub.api.route.HubComponent} for all endpoints.
 */
public non-sealed interface ChannelConnector extends Connector {

  /** What the channel can carry. */
  Capabilities capabilities();

  /**
   * How long after an event its provider may still deliver it again; the hub remembers keys for at
   * least as long.
   */
  Duration maxRedeliveryAge();

  /**
   * {@code true} when messages belong together by thread rather than by person, unless the account
   * says otherwise.
   */
  default boolean threaded() {
    return false;
  }

  /** What the channel shows to browsers under an address of its own, if anything. */
  default Optional<WebSurface> web() {
    return Optional.empty();
  }
}
