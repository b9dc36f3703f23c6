package io.omnihub.channel.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.model.DeliveryStatus;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.channel.whatsapp.WhatsAppPeople.Person;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Elements of {@code statuses} as receipts. */
final class WhatsAppStatuses {
  private final WhatsAppPeople people;
  private final WhatsAppNotices notices;
  private final UnsettledSends unsettled;
  private final Clock clock;

  WhatsAppStatuses(
      WhatsAppPeople people, WhatsAppNotices notices, UnsettledSends unsettled, Clock clock) {
    this.people = people;
    this.notices = notices;
    this.unsettled = unsettled;
    this.clock = clock;
  }

  List<InboundEvent> events(JsonNode entry, JsonNode value, JsonNode status) {
    Person person = person(value, status);
    String id = status.path("id").asText("");
    Optional<DeliveryStatus> known = status(status);
    if (known.isEmpty() || id.isBlank() || !person.known()) {
      return List.of(notices.status(entry, value, status));
    }
    Instant at = EventKeys.time(status.path("timestamp"), clock);
    Identity recipient = people.identity(person);
    List<InboundEvent> events = new ArrayList<>();
    unsettled
        .echo(status, List.of(recipient, WhatsAppPeople.ofNumber(person.address())), at)
        .ifPresent(events::add);
    events.add(receipt(status, id, recipient, known.get(), at));
    return events;
  }

  private static InboundEvent receipt(
      JsonNode status, String id, Identity recipient, DeliveryStatus known, Instant at) {
    String participant = status.path("recipient_participant_id").asText("");
    String word = status.path("status").asText("");
    String key = id + "/" + word + (participant.isEmpty() ? "" : "/" + participant);
    return new InboundEvent.ReceiptReceived(
        EventKeys.of("status", key),
        recipient,
        List.of(id),
        known,
        at,
        known == DeliveryStatus.FAILED ? failure(status) : null);
  }

  private static Failure failure(JsonNode status) {
    return WhatsAppErrors.ofStatus(status.path("errors").path(0).path("code").asInt(131000));
  }

  /** In a group it is one of its members who got or read it. */
  private static Person person(JsonNode value, JsonNode status) {
    if (status.path("recipient_type").asText("").equals("group")) {
      return WhatsAppPeople.person(
          value,
          status.path("recipient_participant_id").asText(""),
          status.path("recipient_participant_user_id").asText(""),
          status.path("recipient_participant_parent_user_id").asText(""));
    }
    return WhatsAppPeople.person(
        value,
        status.path("recipient_id").asText(""),
        status.path("recipient_user_id").asText(""),
        status.path("recipient_parent_user_id").asText(""));
  }

  private static Optional<DeliveryStatus> status(JsonNode status) {
    if (status.path("type").asText("").equals("call")) {
      return Optional.empty();
    }
    return switch (status.path("status").asText("")) {
      case "sent" -> Optional.of(DeliveryStatus.SENT);
      case "delivered" -> Optional.of(DeliveryStatus.DELIVERED);
      case "read", "played" -> Optional.of(DeliveryStatus.READ);
      case "failed" -> Optional.of(DeliveryStatus.FAILED);
      default -> Optional.empty();
    };
  }
}
