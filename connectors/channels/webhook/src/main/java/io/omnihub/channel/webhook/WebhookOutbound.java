package io.omnihub.channel.webhook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.api.json.HubJson;
import io.omnihub.api.model.OutboundMessage;
import io.omnihub.api.model.Part;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Turns a message into what the partner's callback address is posted. */
record WebhookOutbound(URI publicUrl) {

  /** The same at every attempt, so that the partner recognises a repetition. */
  static String webhookId(OutboundMessage message) {
    // A dot would make the signed text ambiguous, and a header takes no control characters.
    return "msg_" + message.key().replaceAll("[^A-Za-z0-9_-]", "_");
  }

  byte[] body(OutboundMessage message) {
    ObjectNode body = HubJson.mapper().createObjectNode();
    body.put("id", message.id());
    body.put("type", "message");
    body.putObject("to").put("id", message.identity().value());
    body.put("thread", message.thread().isEmpty() ? null : message.thread());
    ObjectNode whole = HubJson.mapper().valueToTree(message.whole());
    whole.set("parts", parts(message.parts()));
    body.set("message", whole);
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  private ArrayNode parts(List<Part> parts) {
    ArrayNode array = HubJson.mapper().createArrayNode();
    parts.forEach(part -> array.add(HubJson.mapper().<ObjectNode>valueToTree(reachable(part))));
    return array;
  }

  /** The same part with addresses that hold outside of the hub. */
  private Part reachable(Part part) {
    return switch (part) {
      case Part.Media media -> media.at(reachable(media.url()), media.mediaType(), media.size());
      case Part.Card card -> reachable(card);
      case Part.Carousel carousel ->
          new Part.Carousel(carousel.cards().stream().map(this::reachable).toList());
      case Part.Text text -> text;
      case Part.Location location -> location;
      case Part.ContactCard contact -> contact;
      case Part.Choices choices -> choices;
      case Part.Choice choice -> choice;
      case Part.Template template -> template;
      case Part.Unsupported unsupported -> unsupported;
    };
  }

  private Part.Card reachable(Part.Card card) {
    return new Part.Card(card.title(), card.subtitle(), reachable(card.imageUrl()), card.options());
  }

  private String reachable(String address) {
    return address.startsWith("/") ? publicUrl + address : address;
  }
}
