package io.omnihub.channel.webchat;

import io.omnihub.api.model.DeliveryStatus;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.Threading;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Makes events of what visitors say. */
final class WebchatInbound {
  private static final String OUT = "out:";

  private final String account;

  WebchatInbound(String account) {
    this.account = account;
  }

  /** The provider id under which a message of the hub is known. */
  static String outgoing(String messageId) {
    return OUT + messageId;
  }

  /** The browser's own id of a message of the visitor; empty when he did not write it here. */
  static String clientId(String providerId, Visitor visitor) {
    String prefix = visitor.id() + ":";
    return providerId.startsWith(prefix) ? providerId.substring(prefix.length()) : "";
  }

  /**
   * A message.
   *
   * @param parts with addresses that the hub knows
   * @param replyTo the hub's id of a message that was shown to the visitor, empty when none
   */
  InboundEvent.MessageReceived message(
      Visitor visitor, String clientId, List<Part> parts, String replyTo, Instant now) {
    String page = visitor.profile().page();
    return new InboundEvent.MessageReceived(
        "message/" + visitor.id() + "/" + clientId,
        visitor.id() + ":" + clientId,
        visitor.sender(account),
        visitor.id(),
        Threading.NONE,
        now,
        parts,
        replyTo.isEmpty() ? "" : outgoing(replyTo),
        false,
        page.isEmpty() ? Map.of() : Map.of("page", page));
  }

  InboundEvent typing(Visitor visitor, Instant now) {
    return new InboundEvent.TypingStarted(
        "typing/" + visitor.id() + "/" + now.toEpochMilli(), visitor.identity(account), now);
  }

  InboundEvent read(Visitor visitor, Instant now) {
    return new InboundEvent.MessagesRead(
        "read/" + visitor.id() + "/" + now.toEpochMilli(), visitor.identity(account), now);
  }

  /** However often it is told, a message arrives once. */
  InboundEvent got(Visitor visitor, String messageId, Instant now) {
    return new InboundEvent.ReceiptReceived(
        "delivered/" + visitor.id() + "/" + messageId,
        visitor.identity(account),
        List.of(outgoing(messageId)),
        DeliveryStatus.DELIVERED,
        now,
        null);
  }
}
