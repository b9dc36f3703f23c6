package io.omnihub.channel.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.Threading;
import io.omnihub.channel.whatsapp.WhatsAppPeople.Person;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Elements of {@code messages} and {@code message_echoes} as events. */
final class WhatsAppMessages {
  private final WhatsAppPeople people;
  private final Clock clock;

  WhatsAppMessages(WhatsAppPeople people, Clock clock) {
    this.people = people;
    this.clock = clock;
  }

  /** What a customer sent. */
  List<InboundEvent> received(JsonNode value, JsonNode message) {
    Person person =
        WhatsAppPeople.person(
            value,
            message.path("from").asText(""),
            message.path("from_user_id").asText(""),
            message.path("from_parent_user_id").asText(""));
    String id = message.path("id").asText("");
    if (!person.known() || id.isBlank()) {
      return List.of(unreadable(message));
    }
    Identity sender = people.identity(person);
    Instant at = EventKeys.time(message.path("timestamp"), clock);
    return switch (message.path("type").asText("")) {
      case "reaction" -> reaction(sender, message, id, at);
      case "edit", "revoke" -> changed(sender, message, id, at);
      case "system" -> system(person, message, id, at);
      default -> List.of(received(person, message, id, at, false));
    };
  }

  /** What the business wrote in WhatsApp's own app. */
  List<InboundEvent> echoed(JsonNode value, JsonNode message) {
    Person person =
        WhatsAppPeople.person(
            value,
            message.path("to").asText(""),
            message.path("to_user_id").asText(""),
            message.path("to_parent_user_id").asText(""));
    String id = message.path("id").asText("");
    if (!person.known() || id.isBlank()) {
      return List.of(unreadable(message));
    }
    Identity customer = people.identity(person);
    Instant at = EventKeys.time(message.path("timestamp"), clock);
    return switch (message.path("type").asText("")) {
      case "reaction" -> reaction(customer, message, id, at);
      case "edit", "revoke" -> changed(customer, message, id, at);
      default ->
          List.of(
              new InboundEvent.MessageEchoed(
                  EventKeys.of("echo", id),
                  id,
                  customer,
                  person.address(),
                  Threading.NONE,
                  at,
                  WhatsAppContent.parts(message)));
    };
  }

  /** A user's own id changes with the number. */
  List<InboundEvent> newUserId(JsonNode update) {
    String before = update.path("user_id").path("previous").asText("");
    String now = update.path("user_id").path("current").asText("");
    if (before.isBlank() || now.isBlank()) {
      return List.of();
    }
    Instant at = EventKeys.time(update.path("timestamp"), clock);
    return List.of(renamed(people.ofUser(before), people.ofUser(now), at));
  }

  private InboundEvent unreadable(JsonNode message) {
    return new InboundEvent.Unreadable(
        EventKeys.of("unreadable", EventKeys.digest(message)),
        WhatsAppPeople.ofNumber("unknown"),
        clock.instant(),
        "a message that does not say who wrote it, or has no id");
  }

  private InboundEvent received(
      Person person, JsonNode message, String id, Instant at, boolean automatic) {
    Map<String, Object> attributes = new LinkedHashMap<>(WhatsAppContent.attributes(message));
    if (automatic) {
      attributes.put(ServiceWindow.NOTICE, message.path("type").asText(""));
    }
    String group = message.path("group_id").asText("");
    return new InboundEvent.MessageReceived(
        EventKeys.of("message", id),
        id,
        people.sender(person),
        group.isEmpty() ? person.address() : Recipient.GROUP + group,
        Threading.NONE,
        at,
        WhatsAppContent.parts(message),
        message.path("context").path("id").asText(""),
        automatic,
        attributes);
  }

  private static List<InboundEvent> reaction(
      Identity sender, JsonNode message, String id, Instant at) {
    JsonNode reaction = message.path("reaction");
    String emoji = reaction.path("emoji").asText("");
    return List.of(
        new InboundEvent.ReactionChanged(
            EventKeys.of("reaction", id),
            sender,
            reaction.path("message_id").asText(""),
            at,
            emoji.isEmpty() ? List.of() : List.of(emoji)));
  }

  private static List<InboundEvent> changed(
      Identity sender, JsonNode message, String id, Instant at) {
    JsonNode revoke = message.path("revoke");
    if (revoke.isObject()) {
      String target = revoke.path("original_message_id").asText("");
      return List.of(
          new InboundEvent.MessageDeleted(EventKeys.of("revoke", id), sender, target, at));
    }
    JsonNode edit = message.path("edit");
    return List.of(
        new InboundEvent.MessageEdited(
            EventKeys.of("edit", id),
            sender,
            edit.path("original_message_id").asText(""),
            at,
            WhatsAppContent.parts(edit.path("message"))));
  }

  /** Told as a message of the old id, which has its lane and its conversation. */
  private List<InboundEvent> system(Person person, JsonNode message, String id, Instant at) {
    JsonNode system = message.path("system");
    List<InboundEvent> events = new ArrayList<>();
    String number = system.path("wa_id").asText(system.path("new_wa_id").asText(""));
    if (!number.isBlank() && !person.number().isBlank() && !number.equals(person.number())) {
      events.add(
          renamed(WhatsAppPeople.ofNumber(person.number()), WhatsAppPeople.ofNumber(number), at));
    }
    String userId = system.path("user_id").asText(system.path("new_user_id").asText(""));
    if (!userId.isBlank() && !userId.equals(person.userId())) {
      events.add(renamed(people.identity(person), people.ofUser(userId), at));
    }
    events.add(received(person, message, id, at, true));
    return events;
  }

  private static InboundEvent renamed(Identity from, Identity to, Instant at) {
    String key = EventKeys.of("renamed", from.value() + "/" + to.value());
    return new InboundEvent.IdentityRenamed(key, from, to, at);
  }
}
