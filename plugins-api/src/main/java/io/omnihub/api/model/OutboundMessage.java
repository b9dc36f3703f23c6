package io.omnihub.api.model;

import java.util.List;
import java.util.Map;

/**
 * What a connector has to send: already fitted to the channel's capabilities, and no more than what
 * the channel carries in one provider message when it says {@link Capabilities#singlePart()}.
 *
 * @param id the hub's id of the message
 * @param key the same at every attempt to send this piece and unique to it: an idempotency key
 *     where the provider has one
 * @param identity to whom it goes
 * @param address where it goes: the address that the last message of this leg came with
 * @param thread the channel's own thread, empty when none
 * @param replyTo provider's id of the message that this one answers, empty when none
 * @param references provider's ids of the conversation's earlier messages on this account, oldest
 *     first, at most 20
 * @param whole the whole message as the API shows it, for channels whose peer takes the hub's own
 *     form
 */
public record OutboundMessage(
    String id,
    String key,
    String conversationId,
    Identity identity,
    String address,
    String thread,
    String subject,
    Author author,
    List<Part> parts,
    String replyTo,
    List<String> references,
    Map<String, Object> attributes,
    Message whole) {

  public OutboundMessage {
    parts = List.copyOf(parts);
    references = List.copyOf(references);
    attributes = Map.copyOf(attributes);
  }
}
