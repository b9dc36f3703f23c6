package io.omnihub.api.route;

import java.util.Map;

/** The hub, as the {@code hub:} component sees it. Not for plugins: they write routes. */
public interface HubGateway {

  /**
   * Takes events of an account; returns when they are durable.
   *
   * @throws OverloadedException when they cannot be stored now; nothing of the batch is stored then
   */
  InboundReceipt accept(String account, InboundBatch batch);

  /** A route offers to serve calls; it does so until the returned registration is closed. */
  Registration serve(Kind kind, String account, HubRoute route);

  /** What a route can serve; the lower-case name is the first word of the endpoint. */
  enum Kind {
    WEBHOOK,
    WEB,
    SOCKET,
    OUTBOUND,
    TYPING,
    MEDIA,
    TURNS
  }

  /** A route that serves calls. */
  interface HubRoute {

    /**
     * Runs the route on the calling thread.
     *
     * @throws Exception whatever the route threw and did not handle
     */
    Answer call(Object body, Map<String, Object> headers) throws Exception;
  }

  /** Ends a route's service. */
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  /** What a route answered. */
  record Answer(Object body, Map<String, Object> headers) {}
}
