package io.omnihub.channel.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.Sender;
import io.omnihub.api.model.Threading;
import io.omnihub.channel.whatsapp.WhatsAppPeople.Person;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What WhatsApp tells that nobody wrote: calls, preferences, news of the account and its templates,
 * and whatever is newer than this connector. Kept as automatic messages, which no bot sees and
 * which open no work, with the raw content: those of a customer in his conversation, those of the
 * account in one of its own.
 */
final class WhatsAppNotices {
  private static final String ACCOUNT_SCHEME = "whatsapp-account";

  private final WhatsAppPeople people;
  private final Clock clock;

  WhatsAppNotices(WhatsAppPeople people, Clock clock) {
    this.people = people;
    this.clock = clock;
  }

  InboundEvent call(JsonNode entry, JsonNode value, JsonNode call) {
    String event = call.path("event").asText("");
    String words =
        "Call: " + event + (call.has("status") ? ", " + call.path("status").asText() : "");
    String key = call.path("id").asText(EventKeys.digest(call)) + "/" + event;
    return ofContact(entry, value, new Notice("call", key, words, call));
  }

  InboundEvent status(JsonNode entry, JsonNode value, JsonNode status) {
    String word = status.path("status").asText("");
    String kind = status.path("type").asText("").equals("call") ? "call" : "status";
    String key = status.path("id").asText(EventKeys.digest(status)) + "/" + word;
    return ofContact(entry, value, new Notice(kind, key, "Status: " + word, status));
  }

  /** A customer wants marketing messages, or no more of them. */
  InboundEvent preference(JsonNode value, JsonNode preference) {
    Person person =
        WhatsAppPeople.person(
            value,
            preference.path("wa_id").asText(""),
            preference.path("user_id").asText(""),
            preference.path("parent_user_id").asText(""));
    Notice notice =
        new Notice(
            "user_preferences",
            EventKeys.digest(preference),
            preference.path("detail").asText(preference.path("value").asText("")),
            preference);
    Sender sender =
        person.known() ? people.sender(person) : Sender.of(WhatsAppPeople.ofNumber("unknown"));
    return received(notice, sender, person.address());
  }

  /** About the business account; one a payload, whatever it holds. */
  InboundEvent ofAccount(JsonNode entry, String field, JsonNode value) {
    String at = entry.path("time").asText("");
    Notice notice =
        new Notice(
            field.isEmpty() ? "unknown" : field,
            at + "/" + EventKeys.digest(value),
            words(field, value),
            value);
    return received(notice, account(entry), "");
  }

  /**
   * Something to keep.
   *
   * @param key unique among those of its kind
   */
  private record Notice(String kind, String key, String words, JsonNode raw) {}

  private InboundEvent ofContact(JsonNode entry, JsonNode value, Notice notice) {
    Person person = WhatsAppPeople.firstContact(value);
    return person.known()
        ? received(notice, people.sender(person), person.address())
        : received(notice, account(entry), "");
  }

  private InboundEvent received(Notice notice, Sender sender, String address) {
    List<Part> parts = new ArrayList<>();
    if (!notice.words().isBlank()) {
      parts.add(Part.Text.plain(notice.words()));
    }
    parts.add(new Part.Unsupported(notice.kind(), notice.raw()));
    String key = EventKeys.of("notice", notice.kind() + "/" + notice.key());
    Instant at = EventKeys.time(notice.raw().path("timestamp"), clock);
    return new InboundEvent.MessageReceived(
        key,
        key,
        sender,
        address,
        Threading.NONE,
        at,
        parts,
        "",
        true,
        Map.of(ServiceWindow.NOTICE, notice.kind()));
  }

  private static Sender account(JsonNode entry) {
    String id = entry.path("id").asText("unknown");
    return Sender.of(Identity.of(ACCOUNT_SCHEME, id.isBlank() ? "unknown" : id), "WhatsApp");
  }

  private static String words(String field, JsonNode value) {
    String template = value.path("message_template_name").asText("");
    List<String> words = new ArrayList<>(List.of(field));
    first(value, "event", "new_quality_score", "new_category").ifPresent(words::add);
    if (!template.isEmpty()) {
      words.add(template + " (" + value.path("message_template_language").asText("") + ")");
    }
    first(value, "reason").filter(reason -> !reason.equals("NONE")).ifPresent(words::add);
    return String.join(" ", words);
  }

  private static Optional<String> first(JsonNode value, String... names) {
    for (String name : names) {
      String text = value.path(name).asText("");
      if (!text.isBlank()) {
        return Optional.of(text);
      }
    }
    return Optional.empty();
  }
}
