package io.omnihub.api.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Something that happened on a channel, as its connector normalised it.
 *
 * <p>{@link #key()} is what the hub deduplicates on within the account: the provider's id of the
 * <em>message</em> (or of the edit, reaction, receipt), never that of the delivery, with everything
 * that it is unique within, for example {@code message/CHAT/17}. {@link #sender()} names the lane:
 * events of one sender are processed in the order in which they came.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = InboundEvent.MessageReceived.class, name = "message"),
  @JsonSubTypes.Type(value = InboundEvent.MessageEdited.class, name = "edit"),
  @JsonSubTypes.Type(value = InboundEvent.MessageDeleted.class, name = "delete"),
  @JsonSubTypes.Type(value = InboundEvent.ReactionChanged.class, name = "reaction"),
  @JsonSubTypes.Type(value = InboundEvent.ReceiptReceived.class, name = "receipt"),
  @JsonSubTypes.Type(value = InboundEvent.MessagesRead.class, name = "read"),
  @JsonSubTypes.Type(value = InboundEvent.TypingStarted.class, name = "typing"),
  @JsonSubTypes.Type(value = InboundEvent.MessageEchoed.class, name = "echo"),
  @JsonSubTypes.Type(value = InboundEvent.ReachabilityChanged.class, name = "reachability"),
  @JsonSubTypes.Type(value = InboundEvent.IdentityRenamed.class, name = "renamed"),
  @JsonSubTypes.Type(value = InboundEvent.Unreadable.class, name = "unreadable"),
})
public sealed interface InboundEvent {

  /** Unique within the account; at most 255 characters. */
  String key();

  /** Whose event it is. */
  Identity sender();

  /** When it happened, by the provider's clock where it tells one. */
  Instant at();

  /**
   * Somebody wrote.
   *
   * @param providerId the provider's id of the message, to which replies, edits and receipts refer;
   *     unique in the account
   * @param address where an answer goes (chat, room, mailbox); the identity's value when the
   *     channel knows nothing else
   * @param threading how the channel says that it belongs to earlier messages
   * @param replyTo the provider's id of the message that this one answers, empty when none
   * @param automatic written by a machine (auto-reply, mailing list): never handed to a bot, never
   *     reopens a conversation
   */
  record MessageReceived(
      String key,
      String providerId,
      Sender from,
      String address,
      Threading threading,
      Instant at,
      List<Part> parts,
      String replyTo,
      boolean automatic,
      Map<String, Object> attributes)
      implements InboundEvent {
    public MessageReceived {
      address = address == null || address.isEmpty() ? from.identity().value() : address;
      threading = threading == null ? Threading.NONE : threading;
      replyTo = replyTo == null ? "" : replyTo;
      parts = List.copyOf(parts);
      attributes = attributes == null ? Map.of() : Map.copyOf(attributes);
    }

    /** A plain message: its key is derived from the provider's id. */
    public static MessageReceived of(String providerId, Sender from, Instant at, List<Part> parts) {
      return new MessageReceived(
          "message/" + providerId,
          providerId,
          from,
          "",
          Threading.NONE,
          at,
          parts,
          "",
          false,
          Map.of());
    }

    @Override
    public Identity sender() {
      return from.identity();
    }
  }

  /** A message that was received before has new content. */
  record MessageEdited(String key, Identity sender, String target, Instant at, List<Part> parts)
      implements InboundEvent {
    public MessageEdited {
      parts = List.copyOf(parts);
    }
  }

  /** A message that was received before is taken back. */
  record MessageDeleted(String key, Identity sender, String target, Instant at)
      implements InboundEvent {}

  /**
   * The sender's reactions to a message are now these; an empty list takes them back.
   *
   * @param target provider's id of the message reacted to, of either direction
   */
  record ReactionChanged(
      String key, Identity sender, String target, Instant at, List<String> emojis)
      implements InboundEvent {
    public ReactionChanged {
      emojis = List.copyOf(emojis);
    }
  }

  /**
   * The channel tells what became of a message that the hub sent.
   *
   * @param targets provider's ids of the message; the first one known counts
   * @param failure why, when the status is {@link DeliveryStatus#FAILED}; otherwise null
   */
  record ReceiptReceived(
      String key,
      Identity sender,
      List<String> targets,
      DeliveryStatus status,
      Instant at,
      Failure failure)
      implements InboundEvent {
    public ReceiptReceived {
      targets = List.copyOf(targets);
    }
  }

  /** The sender has read everything that the hub sent up to a message or a time. */
  record MessagesRead(String key, Identity sender, Instant at) implements InboundEvent {}

  /** The sender is writing. Not stored: it is shown and forgotten. */
  record TypingStarted(String key, Identity sender, Instant at) implements InboundEvent {}

  /**
   * The channel shows a message that went out through the account: our own, known by its provider
   * id, or one that somebody typed in the provider's own application.
   *
   * @param sender the customer to whom it went
   */
  record MessageEchoed(
      String key,
      String providerId,
      Identity sender,
      String address,
      Threading threading,
      Instant at,
      List<Part> parts)
      implements InboundEvent {
    public MessageEchoed {
      address = address == null || address.isEmpty() ? sender.value() : address;
      threading = threading == null ? Threading.NONE : threading;
      parts = List.copyOf(parts);
    }
  }

  /** The sender can no longer, or can again, be written to on this account. */
  record ReachabilityChanged(String key, Identity sender, Instant at, boolean reachable)
      implements InboundEvent {}

  /** The provider knows the same person under another id from now on. */
  record IdentityRenamed(String key, Identity sender, Identity to, Instant at)
      implements InboundEvent {}

  /**
   * Something came that the connector could not read at all; the hub sets it aside as a dead letter
   * together with the raw payload of its batch.
   *
   * @param sender whose it is, as far as that can be told
   */
  record Unreadable(String key, Identity sender, Instant at, String reason)
      implements InboundEvent {}
}
