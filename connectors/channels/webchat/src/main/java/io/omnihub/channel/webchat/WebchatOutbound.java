package io.omnihub.channel.webchat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.api.connector.Transcript;
import io.omnihub.api.json.HubJson;
import io.omnihub.api.model.Author;
import io.omnihub.api.model.DeliveryStatus;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.Message;
import io.omnihub.api.model.OutboundMessage;
import io.omnihub.api.model.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Makes frames of messages. Of an author a visitor learns kind and name, never the id; of a failure
 * or of attributes nothing.
 */
final class WebchatOutbound {
  private final FileLinks links;

  WebchatOutbound(FileLinks links) {
    this.links = links;
  }

  /** A message at its place in the transcript. */
  String entry(Transcript.Entry entry, Visitor visitor) {
    return entry(entry, entry.message().parts(), visitor);
  }

  /** A message at its place, in the form that was fitted to the widget. */
  String entry(Transcript.Entry entry, List<Part> fitted, Visitor visitor) {
    Message message = entry.message();
    boolean deleted = message.deletedAt() != null;
    ObjectNode frame =
        frame(message.direction(), message.author(), deleted ? List.of() : fitted, visitor);
    frame.put("id", message.id()).put("position", entry.position());
    frame.put("at", HubJson.time(time(message)));
    frame.put("status", word(message.status()));
    if (message.direction() == Message.Direction.INBOUND && message.providerId() != null) {
      putClientId(frame, WebchatInbound.clientId(message.providerId(), visitor));
    }
    if (deleted) {
      frame.put("deleted", true);
    }
    return frame.toString();
  }

  /** A message whose place in the transcript cannot be told; it comes with it at the next hello. */
  String placeless(OutboundMessage message, Visitor visitor, Instant now) {
    ObjectNode frame =
        frame(Message.Direction.OUTBOUND, message.author(), message.parts(), visitor);
    frame.put("id", message.id());
    frame.put("at", HubJson.time(now));
    frame.put("status", word(DeliveryStatus.SENT));
    return frame.toString();
  }

  /** What the visitor has just written elsewhere. */
  String mirrored(InboundEvent.MessageReceived event, Visitor visitor) {
    Author author = new Author(Author.Kind.CONTACT, "", event.from().name());
    ObjectNode frame = frame(Message.Direction.INBOUND, author, event.parts(), visitor);
    putClientId(frame, WebchatInbound.clientId(event.providerId(), visitor));
    frame.put("at", HubJson.time(event.at()));
    frame.put("status", word(DeliveryStatus.RECEIVED));
    return frame.toString();
  }

  static String ready(Visitor visitor) {
    return of("ready").put("visitor", visitor.id()).toString();
  }

  static String ack(String clientId) {
    return of("ack").put("clientId", clientId).toString();
  }

  static String pong() {
    return of("pong").toString();
  }

  static String typing(Duration duration) {
    return of("typing").put("for", Math.max(1, duration.toSeconds())).toString();
  }

  private ObjectNode frame(
      Message.Direction direction, Author author, List<Part> parts, Visitor visitor) {
    ObjectNode frame = of("msg").put("direction", word(direction));
    frame.putObject("author").put("kind", word(author.kind())).put("name", author.name());
    ArrayNode array = frame.putArray("parts");
    for (Part part : parts) {
      array.add(HubJson.mapper().<ObjectNode>valueToTree(links.forBrowser(part, visitor)));
    }
    return frame;
  }

  private static void putClientId(ObjectNode frame, String clientId) {
    if (!clientId.isEmpty()) {
      frame.put("clientId", clientId);
    }
  }

  private static ObjectNode of(String type) {
    return HubJson.mapper().createObjectNode().put("t", type);
  }

  private static String word(Object constant) {
    return HubJson.mapper().convertValue(constant, String.class);
  }

  private static Instant time(Message message) {
    return Stream.of(message.sentAt(), message.receivedAt())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(Instant.EPOCH);
  }
}
