package io.omnihub.channel.webchat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.api.json.HubJson;
import java.time.Duration;
import java.util.Map;

/** What a browser is told when the chat does not do what it asks for. */
final class WebchatErrors {

  private WebchatErrors() {}

  /** RFC 9457. */
  static WebReply problem(Refusal refusal) {
    ObjectNode problem =
        HubJson.mapper()
            .createObjectNode()
            .put("type", "urn:omnihub:problem:" + refusal.reason().word)
            .put("title", refusal.reason().word.replace('-', ' '))
            .put("status", refusal.reason().status)
            .put("detail", refusal.getMessage());
    Map<String, String> headers =
        refusal.retry().isZero()
            ? Map.of()
            : Map.of("Retry-After", Long.toString(refusal.retry().toSeconds()));
    return WebReply.text(
        refusal.reason().status, "application/problem+json", problem.toString(), headers);
  }

  /** An error frame. */
  static String frame(Refusal refusal) {
    return frame(refusal.reason(), refusal.getMessage(), refusal.clientId(), refusal.retry());
  }

  /** The hub cannot take the message now. */
  static String busy(String clientId, Duration retry) {
    return frame(Reason.BUSY, "try again in a moment", clientId, retry);
  }

  private static String frame(Reason reason, String detail, String clientId, Duration retry) {
    ObjectNode frame =
        HubJson.mapper()
            .createObjectNode()
            .put("t", "error")
            .put("code", reason.word)
            .put("detail", detail);
    if (!clientId.isEmpty()) {
      frame.put("clientId", clientId);
    }
    if (!retry.isZero()) {
      frame.put("retry", Math.max(1, retry.toSeconds()));
    }
    return frame.toString();
  }

  /** Why, for machines. */
  enum Reason {
    BAD_REQUEST(400, "bad-request"),
    BAD_FRAME(400, "bad-frame"),
    UNAUTHORIZED(401, "unauthorized"),
    FORBIDDEN(403, "forbidden"),
    NOT_FOUND(404, "not-found"),
    METHOD(405, "method-not-allowed"),
    TOO_LARGE(413, "too-large"),
    SLOW_DOWN(429, "slow-down"),
    BUSY(503, "busy");

    private final int status;
    private final String word;

    Reason(int status, String word) {
      this.status = status;
      this.word = word;
    }
  }

  /** Something that a browser asked for and does not get; never leaves this package. */
  static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String clientId;
    private final Duration retry;

    Refusal(Reason reason, String detail) {
      this(reason, detail, "", Duration.ZERO);
    }

    private Refusal(Reason reason, String detail, String clientId, Duration retry) {
      // An ordinary answer to a browser: nobody looks at its stack.
      super(detail, null, false, false);
      this.reason = reason;
      this.clientId = clientId;
      this.retry = retry;
    }

    static Refusal slowDown(Duration retry) {
      return new Refusal(Reason.SLOW_DOWN, "too many at once", "", retry);
    }

    /** The same, about this message of the browser. */
    Refusal about(String message) {
      return new Refusal(reason, getMessage(), message, retry);
    }

    Reason reason() {
      return reason;
    }

    String clientId() {
      return clientId;
    }

    Duration retry() {
      return retry;
    }
  }
}
