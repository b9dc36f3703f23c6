package io.omnihub.api.connector;

import io.omnihub.api.config.ConfigSpec;
import org.apache.camel.RoutesBuilder;
import org.pf4j.ExtensionPoint;

/**
 * The entry class of a plugin; mark the implementation with {@link org.pf4j.Extension}. It has a
 * public constructor without parameters that does nothing, and holds no state: state belongs to the
 * routes of an account.
 */
public sealed interface Connector extends ExtensionPoint
    permits ChannelConnector, BackendConnector {

  /** The word that the configuration names it by, for example {@code telegram}. */
  String name();

  /** What it is, in one sentence for a list. */
  String description();

  /** The settings of one account of it, without those that the hub adds for every account. */
  ConfigSpec config();

  /**
   * The routes of one account, between {@code hub:} endpoints and the provider. Called once each
   * time the account starts, on a thread of its own; must not block on the network and must not
   * start threads that outlive the routes' Camel context.
   *
   * @throws IllegalArgumentException when the settings contradict each other; the message is shown
   *     to the operator
   */
  RoutesBuilder routes(Account account);
}
