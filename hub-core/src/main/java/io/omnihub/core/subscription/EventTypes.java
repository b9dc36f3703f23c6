package io.omnihub.core.subscription;

import java.util.List;

/** The types of events that can be subscribed to; the feed has more, for readers of the stream. */
public final class EventTypes {
  /** That a dead letter was added. */
  static final String DEAD_LETTER = "dead-letter.added";

  private static final List<String> ALL =
      List.of(
          "message.received",
          "message.updated",
          "message.sent",
          "message.delivered",
          "message.read",
          "message.failed",
          "conversation.opened",
          "conversation.handed-off",
          "conversation.assigned",
          "conversation.closed",
          "contact.created",
          "contact.merged",
          "contact.split",
          DEAD_LETTER,
          "csat.received");

  private EventTypes() {}

  /** All of them. */
  public static List<String> all() {
    return ALL;
  }
}
