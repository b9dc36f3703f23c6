package io.omnihub.channel.webhook;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.omnihub.api.json.HubJson;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.Threading;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns the body of a request into events: all of them, or none. Each event has {@code id}, {@code
 * type} and, if it knows, {@code sentAt}; beside them
 *
 * <ul>
 *   <li>{@code message}: {@code from}, {@code parts}, and if any {@code thread}, {@code replyTo},
 *       {@code attributes}
 *   <li>{@code edit}: {@code from.id}, {@code target} (or {@code messageId}), {@code parts}
 *   <li>{@code delete}: {@code from.id}, {@code target}
 *   <li>{@code reaction}: {@code from.id}, {@code target}, {@code emojis} as a list, empty to take
 *       them back, or one {@code emoji}
 *   <li>{@code receipt}: {@code target}, {@code status} (sent, delivered, read or failed), and if
 *       any {@code from.id}, {@code failure} with {@code code} and {@code detail}
 *   <li>{@code typing}, {@code read}: {@code from.id}
 * </ul>
 *
 * A {@code target} is the id of an event of type message, or the id that the partner gave to a
 * message of the hub.
 */
final class WebhookInbound {
  private static final int MOST_EVENTS = 500;
  private static final ObjectReader READER =
      HubJson.mapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final EventSender senders;
  private final EventReceipts receipts;

  WebhookInbound(String account) {
    senders = new EventSender(account);
    receipts = new EventReceipts(senders);
  }

  /** What a body holds. */
  sealed interface Reading {
    /** Events, each of them well-formed. */
    record Events(List<InboundEvent> events) implements Reading {}

    /** One of the events is wrong; the first has the index 0. */
    record Malformed(int index, String field, String problem) implements Reading {}

    /** It is not one event and not a list of them. */
    record NotEvents(String problem) implements Reading {}
  }

  /** Reads a body; an event that does not say when it happened, happens now. */
  Reading read(byte[] body, Instant now) {
    JsonNode json;
    try {
      json = READER.readTree(body);
    } catch (IOException e) {
      return new Reading.NotEvents("the body is not JSON");
    }
    List<JsonNode> given = json.isArray() ? json.valueStream().toList() : List.of(json);
    if (given.isEmpty() || given.size() > MOST_EVENTS || json.isMissingNode()) {
      return new Reading.NotEvents(
          "expected an event or a list of 1 to " + MOST_EVENTS + " events");
    }
    List<InboundEvent> events = new ArrayList<>(given.size());
    for (JsonNode event : given) {
      try {
        events.add(event(event, now));
      } catch (MalformedField e) {
        return new Reading.Malformed(events.size(), e.field(), e.getMessage());
      }
    }
    return new Reading.Events(events);
  }

  private InboundEvent event(JsonNode json, Instant now) {
    if (!json.isObject()) {
      throw new MalformedField("", "is not understood, expected an object");
    }
    EventFields event = EventFields.of(json);
    String type = event.text("type");
    String key = type + "/" + event.id("id");
    Instant at = at(event, now);
    return switch (type) {
      case "message" -> message(key, event, at);
      case "edit" -> edit(key, event, at);
      case "delete" ->
          new InboundEvent.MessageDeleted(key, senders.identity(event), target(event), at);
      case "reaction" ->
          new InboundEvent.ReactionChanged(
              key, senders.identity(event), target(event), at, emojis(event));
      case "receipt" -> receipts.read(key, event, at);
      case "typing" -> new InboundEvent.TypingStarted(key, senders.identity(event), at);
      case "read" -> new InboundEvent.MessagesRead(key, senders.identity(event), at);
      default ->
          throw event.problem(
              "type",
              "is unknown, expected message, edit, delete, reaction, receipt, typing or read");
    };
  }

  private InboundEvent message(String key, EventFields event, Instant at) {
    String thread = event.optionalId("thread");
    return new InboundEvent.MessageReceived(
        key,
        event.id("id"),
        senders.sender(event),
        "",
        thread.isEmpty() ? Threading.NONE : Threading.key(thread),
        at,
        EventParts.read(event),
        event.optionalId("replyTo"),
        false,
        attributes(event));
  }

  private InboundEvent edit(String key, EventFields event, Instant at) {
    List<Part> parts = EventParts.read(event);
    return new InboundEvent.MessageEdited(key, senders.identity(event), target(event), at, parts);
  }

  private static String target(EventFields event) {
    return event.id(event.has("messageId") && !event.has("target") ? "messageId" : "target");
  }

  private static List<String> emojis(EventFields event) {
    if (!event.has("emojis") && !event.has("emoji")) {
      throw event.problem("emojis", "is missing, expected a list of texts");
    }
    return event.has("emojis") ? event.optionalTexts("emojis") : List.of(event.text("emoji"));
  }

  private static Instant at(EventFields event, Instant now) {
    if (!event.has("sentAt")) {
      return now;
    }
    try {
      return OffsetDateTime.parse(event.text("sentAt")).toInstant();
    } catch (DateTimeParseException e) {
      throw event.problem(
          "sentAt", "is not understood, expected a time such as 2026-05-01T10:00:00.000Z");
    }
  }

  private static Map<String, Object> attributes(EventFields event) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry :
        event.optionalSection("attributes").object().properties()) {
      if (!entry.getValue().isNull()) {
        attributes.put(
            entry.getKey(), HubJson.mapper().convertValue(entry.getValue(), Object.class));
      }
    }
    return attributes;
  }
}
