package io.omnihub.api.route;

import io.omnihub.api.connector.BrowserSocket;

/** What {@code hub:socket} routes take. Events of one socket come one at a time, in order. */
public sealed interface SocketEvent {

  BrowserSocket socket();

  /**
   * A browser has connected.
   *
   * @param origin the {@code Origin} header, empty when there is none
   * @param query the raw query of the address
   */
  record Opened(BrowserSocket socket, String origin, String query) implements SocketEvent {}

  /** A text frame came. */
  record Text(BrowserSocket socket, String text) implements SocketEvent {}

  /** The socket is gone. */
  record Closed(BrowserSocket socket) implements SocketEvent {}
}
