package io.omnihub.testkit.harness;

import io.omnihub.api.model.Author;
import io.omnihub.api.model.Capabilities;
import io.omnihub.api.model.Contact;
import io.omnihub.api.model.Conversation;
import io.omnihub.api.model.DeliveryStatus;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.Message;
import io.omnihub.api.model.OutboundMessage;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Values that are valid and otherwise of no interest. */
public final class Samples {
  public static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private Samples() {}

  /** A message of the bot to somebody. */
  public static OutboundMessage outbound(Identity to, Part... parts) {
    return outbound(to, to.value(), "", List.of(), List.of(parts));
  }

  public static OutboundMessage outbound(
      Identity to, String address, String replyTo, List<String> references, List<Part> parts) {
    Message whole = message(Message.Direction.OUTBOUND, parts);
    return new OutboundMessage(
        whole.id(),
        whole.id() + "/0",
        whole.conversationId(),
        to,
        address,
        "",
        "",
        whole.author(),
        parts,
        replyTo,
        references,
        Map.of(),
        whole);
  }

  public static Message message(Message.Direction direction, List<Part> parts) {
    boolean inbound = direction == Message.Direction.INBOUND;
    return new Message(
        UUID.randomUUID().toString(),
        "conversation-1",
        "contact-1",
        ConnectorHarness.ACCOUNT,
        "sample",
        direction,
        new Author(
            inbound ? Author.Kind.CONTACT : Author.Kind.BOT, inbound ? "contact-1" : "faq", ""),
        parts,
        null,
        null,
        null,
        NOON,
        NOON,
        null,
        null,
        inbound ? DeliveryStatus.RECEIVED : DeliveryStatus.QUEUED,
        null,
        List.of(),
        Map.of());
  }

  /** A turn in which the customer said these words. */
  public static Turn turn(String... words) {
    List<Message> messages =
        List.of(words).stream()
            .map(text -> message(Message.Direction.INBOUND, List.of(Part.Text.plain(text))))
            .toList();
    Conversation conversation =
        new Conversation(
            "conversation-1",
            "contact-1",
            Conversation.Status.OPEN,
            new Conversation.Owner(Conversation.Owner.Kind.BACKEND, ConnectorHarness.ACCOUNT),
            1,
            null,
            null,
            ConnectorHarness.ACCOUNT,
            "sample",
            null,
            null,
            List.of(),
            Map.of(),
            messages.getLast(),
            messages.size(),
            NOON,
            NOON,
            null,
            null);
    Contact contact = new Contact("contact-1", "Ann", "en", List.of(), Map.of(), List.of());
    return new Turn(
        UUID.randomUUID().toString(),
        1,
        conversation,
        contact,
        messages,
        List.of(),
        Capabilities.builder().build());
  }
}
