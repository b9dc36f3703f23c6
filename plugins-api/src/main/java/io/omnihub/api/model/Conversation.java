package io.omnihub.api.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One conversation, as the API, bots and partners see it. What is not known is null.
 *
 * @param epoch the number of the current control lease; every action that names an older one is
 *     refused
 * @param account the account of the leg on which the customer wrote last
 */
public record Conversation(
    String id,
    String contactId,
    Status status,
    Owner handler,
    long epoch,
    String queue,
    String assignee,
    String account,
    String channel,
    String subject,
    String language,
    List<String> tags,
    Map<String, Object> attributes,
    Message lastMessage,
    int unread,
    Instant openedAt,
    Instant lastMessageAt,
    Instant firstResponseAt,
    Instant closedAt) {

  public Conversation {
    tags = List.copyOf(tags);
    attributes = Map.copyOf(attributes);
  }

  /** Whether somebody has to act. */
  public enum Status {
    /** Somebody has to act. */
    @JsonProperty("open")
    OPEN,
    /** The customer has to act. */
    @JsonProperty("waiting")
    WAITING,
    @JsonProperty("closed")
    CLOSED
  }

  /** Who may speak to the customer. */
  public record Owner(Kind kind, String id) {

    /** The kinds of owner. */
    public enum Kind {
      @JsonProperty("backend")
      BACKEND,
      @JsonProperty("queue")
      QUEUE,
      @JsonProperty("agent")
      AGENT
    }
  }
}
