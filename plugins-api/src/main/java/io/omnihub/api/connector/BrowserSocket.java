package io.omnihub.api.connector;

/** One open web socket of a browser. Methods may be called from any thread and never block. */
public interface BrowserSocket {

  /** Unique among the sockets of this run of the hub. */
  String id();

  /**
   * Sends a text frame; false when the socket is closed or its peer reads too slowly, in which case
   * it is closed.
   */
  boolean send(String text);

  /** Closes it with a status code of RFC 6455, section 7.4. */
  void close(int code, String reason);
}
