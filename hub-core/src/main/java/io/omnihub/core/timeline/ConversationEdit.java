package io.omnihub.core.timeline;

import io.omnihub.api.model.Conversation.Owner;
import io.omnihub.api.model.Conversation.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What can happen to a conversation. Changes a copy of a row; belongs to one thread. */
final class ConversationEdit {
  private final ConversationRow before;
  private Status status;
  private Owner owner;
  private long epoch;
  private String queue;
  private String assignee;
  private String account;
  private String channel;
  private List<String> tags;
  private Map<String, Object> attributes;
  private String lastMessageId;
  private int unread;
  private long turnCursor;
  private long lastInbound;
  private Instant lastMessageAt;
  private Instant firstResponseAt;
  private Instant closedAt;

  ConversationEdit(ConversationRow row) {
    before = row;
    status = row.status();
    owner = row.owner();
    epoch = row.epoch();
    queue = row.queue();
    assignee = row.assignee();
    account = row.account();
    channel = row.channel();
    tags = row.tags();
    attributes = row.attributes();
    lastMessageId = row.lastMessageId();
    unread = row.unread();
    turnCursor = row.turnCursor();
    lastInbound = row.lastInbound();
    lastMessageAt = row.lastMessageAt();
    firstResponseAt = row.firstResponseAt();
    closedAt = row.closedAt();
  }

  /** Control has a new owner under a new epoch; what waits in a queue is open and unread. */
  void ownedBy(Owner to, String inQueue, String by) {
    owner = to;
    epoch++;
    queue = inQueue;
    assignee = by;
    if (to.kind() == Owner.Kind.QUEUE) {
      status = status == Status.WAITING ? Status.OPEN : status;
      unread = Math.max(unread, 1);
    }
  }

  void customerWrote(Conversations.Said said) {
    status = Status.OPEN;
    closedAt = null;
    noticed(said.message(), said.at());
    account = said.account();
    channel = said.channel();
    unread++;
    lastInbound = Math.max(lastInbound, said.position());
  }

  void noticed(String message, Instant at) {
    lastMessageId = message;
    lastMessageAt = at;
  }

  void answered(String message, Instant at) {
    status = Status.WAITING;
    noticed(message, at);
    unread = 0;
    firstResponseAt = firstResponseAt == null ? at : firstResponseAt;
  }

  void closed(Instant at) {
    status = Status.CLOSED;
    closedAt = at;
    unread = 0;
    epoch++;
  }

  void dealtWith(long position) {
    turnCursor = position;
  }

  void tagged(List<String> all) {
    tags = List.copyOf(all);
  }

  void attributed(Map<String, Object> all) {
    attributes = all;
  }

  ConversationRow row() {
    return new ConversationRow(
        before.id(),
        before.contactId(),
        before.threadKey(),
        status,
        owner,
        epoch,
        before.chain(),
        queue,
        assignee,
        account,
        channel,
        before.subject(),
        before.language(),
        tags,
        attributes,
        lastMessageId,
        unread,
        turnCursor,
        lastInbound,
        before.openedAt(),
        lastMessageAt,
        firstResponseAt,
        closedAt);
  }
}
