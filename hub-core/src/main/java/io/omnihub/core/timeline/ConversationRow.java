package io.omnihub.core.timeline;

import io.omnihub.api.model.Conversation.Owner;
import io.omnihub.api.model.Conversation.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A conversation as it is stored.
 *
 * @param threadKey what makes it one conversation when it is kept by thread; empty when it is kept
 *     by contact
 * @param chain backends in the order in which they are asked
 * @param turnCursor position up to which a backend has dealt with what the customer said
 * @param lastInbound position of what the customer said last, 0 when nothing
 */
public record ConversationRow(
    String id,
    String contactId,
    String threadKey,
    Status status,
    Owner owner,
    long epoch,
    List<String> chain,
    String queue,
    String assignee,
    String account,
    String channel,
    String subject,
    String language,
    List<String> tags,
    Map<String, Object> attributes,
    String lastMessageId,
    int unread,
    long turnCursor,
    long lastInbound,
    Instant openedAt,
    Instant lastMessageAt,
    Instant firstResponseAt,
    Instant closedAt) {

  /** Whether the customer has said something that no backend or agent has dealt with. */
  public boolean waitsForAnswer() {
    return lastInbound > turnCursor && status != Status.CLOSED;
  }
}
