package io.omnihub.api.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One message of a conversation, as the API, bots and partners see it. What is not known is null,
 * and JSON says so.
 *
 * @param providerId the channel's id of it; for a message sent in several pieces that of the first
 * @param replyTo the hub's id of the message that it answers
 * @param thread the channel's own thread
 */
public record Message(
    String id,
    String conversationId,
    String contactId,
    String account,
    String channel,
    Direction direction,
    Author author,
    List<Part> parts,
    String replyTo,
    String thread,
    String providerId,
    Instant sentAt,
    Instant receivedAt,
    Instant editedAt,
    Instant deletedAt,
    DeliveryStatus status,
    Failure failure,
    List<Reaction> reactions,
    Map<String, Object> attributes) {

  public Message {
    parts = List.copyOf(parts);
    reactions = List.copyOf(reactions);
    attributes = Map.copyOf(attributes);
  }

  /** The same message, as far as the status says. */
  public Message withStatus(DeliveryStatus other) {
    return new Message(
        id,
        conversationId,
        contactId,
        account,
        channel,
        direction,
        author,
        parts,
        replyTo,
        thread,
        providerId,
        sentAt,
        receivedAt,
        editedAt,
        deletedAt,
        other,
        failure,
        reactions,
        attributes);
  }

  /** Which way it goes. */
  public enum Direction {
    @JsonProperty("inbound")
    INBOUND,
    @JsonProperty("outbound")
    OUTBOUND,
    @JsonProperty("note")
    NOTE
  }

  /** One person's reaction. */
  public record Reaction(String by, String emoji) {}
}
