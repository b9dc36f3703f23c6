package io.omnihub.core.conversation;

import java.util.List;

/** What became of actions that somebody asked for. */
public sealed interface ActResult {

  /** All were carried out; the messages that were written, in order. */
  record Done(List<String> messageIds) implements ActResult {
    public Done {
      messageIds = List.copyOf(messageIds);
    }
  }

  /** There is no such conversation. */
  record NotFound() implements ActResult {}

  /** Somebody else has control by now; none was carried out. */
  record Stale(long epoch, String owner) implements ActResult {}

  /** An action cannot be carried out; none was. */
  record Invalid(int index, String detail) implements ActResult {}
}
