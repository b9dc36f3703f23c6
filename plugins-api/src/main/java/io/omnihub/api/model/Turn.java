package io.omnihub.api.model;

import java.util.List;

/**
 * One turn of a backend: all that the customer said since the last one.
 *
 * @param id the same at every attempt
 * @param epoch the control lease under which the backend is asked; its actions count only while it
 *     holds
 * @param messages the new messages, oldest first, at least one
 * @param history what was said before, oldest first, including what agents said while the backend
 *     had no control
 * @param capabilities what the channel of the last message can show
 */
public record Turn(
    String id,
    long epoch,
    Conversation conversation,
    Contact contact,
    List<Message> messages,
    List<Message> history,
    Capabilities capabilities) {

  public Turn {
    messages = List.copyOf(messages);
    history = List.copyOf(history);
  }
}
