package io.omnihub.channel.webhook;

import io.omnihub.api.json.HubJson;
import io.omnihub.api.model.DeliveryStatus;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.InboundEvent;
import java.time.Instant;
import java.util.List;

/** Reads what the partner says became of a message. */
record EventReceipts(EventSender senders) {
  private static final int LONGEST_DETAIL = 200;

  InboundEvent read(String key, EventFields event, Instant at) {
    String target = event.id("target");
    DeliveryStatus status = status(event);
    Failure failure = status == DeliveryStatus.FAILED ? failure(event) : null;
    return new InboundEvent.ReceiptReceived(
        key, sender(event, target), List.of(target), status, at, failure);
  }

  /**
   * A receipt need not say whose conversation it is about. Then it gets a lane of its message, so
   * that the receipts of one message stay in order and those of others do not wait for them.
   */
  private Identity sender(EventFields event, String target) {
    return event.has("from") ? senders.identity(event) : senders.identity("receipt:" + target);
  }

  private static DeliveryStatus status(EventFields event) {
    return switch (event.text("status")) {
      case "sent" -> DeliveryStatus.SENT;
      case "delivered" -> DeliveryStatus.DELIVERED;
      case "read" -> DeliveryStatus.READ;
      case "failed" -> DeliveryStatus.FAILED;
      default ->
          throw event.problem("status", "is unknown, expected sent, delivered, read or failed");
    };
  }

  private static Failure failure(EventFields event) {
    EventFields failure = event.optionalSection("failure");
    String detail = failure.optionalText("detail");
    return Failure.of(
        code(failure), detail.substring(0, Math.min(detail.length(), LONGEST_DETAIL)));
  }

  private static Failure.Code code(EventFields failure) {
    String word = failure.optionalText("code");
    if (word.isEmpty()) {
      return Failure.Code.TRANSIENT;
    }
    try {
      return HubJson.mapper().convertValue(word, Failure.Code.class);
    } catch (IllegalArgumentException e) {
      throw failure.problem("code", "is unknown, expected a failure code of the hub");
    }
  }
}
