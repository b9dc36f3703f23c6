package io.omnihub.channel.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.model.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.telegram.telegrambots.meta.api.objects.Contact;
import org.telegram.telegrambots.meta.api.objects.Venue;
import org.telegram.telegrambots.meta.api.objects.location.Location;

/**
 * A message's fields as parts. Each field is understood by itself; what is not stays as it came.
 */
final class TelegramContent {
  /** Fields that say something about the message and are no content of their own. */
  static final Set<String> ABOUT =
      Set.of(
          "message_id",
          "message_thread_id",
          "direct_messages_topic",
          "from",
          "sender_chat",
          "sender_boost_count",
          "sender_business_bot",
          "sender_tag",
          "date",
          "business_connection_id",
          "chat",
          "forward_origin",
          "forward_from",
          "forward_from_chat",
          "forward_from_message_id",
          "forward_signature",
          "forward_sender_name",
          "forward_date",
          "is_topic_message",
          "is_automatic_forward",
          "reply_to_message",
          "external_reply",
          "quote",
          "reply_to_story",
          "reply_to_checklist_task_id",
          "reply_to_poll_option_id",
          "via_bot",
          "edit_date",
          "has_protected_content",
          "is_from_offline",
          "is_paid_post",
          "media_group_id",
          "author_signature",
          "paid_star_count",
          "entities",
          "link_preview_options",
          "suggested_post_info",
          "effect_id",
          "caption",
          "caption_entities",
          "show_caption_above_media",
          "has_media_spoiler",
          "reply_markup",
          "guest_bot_caller_user",
          "guest_bot_caller_chat",
          "guest_query_id",
          "receiver_user",
          "ephemeral_message_id");

  private static final Map<String, Reader> READERS =
      Map.ofEntries(
          Map.entry("text", TelegramContent::text),
          Map.entry("photo", TelegramMedia::photo),
          Map.entry("document", TelegramMedia::document),
          Map.entry("audio", TelegramMedia::audio),
          Map.entry("voice", TelegramMedia::voice),
          Map.entry("video", TelegramMedia::video),
          Map.entry("video_note", TelegramMedia::videoNote),
          Map.entry("animation", TelegramMedia::animation),
          Map.entry("sticker", TelegramMedia::sticker),
          Map.entry("contact", TelegramContent::contact),
          Map.entry("location", TelegramContent::location),
          Map.entry("venue", TelegramContent::venue));

  private static final Pattern VCARD_MAIL =
      Pattern.compile("(?im)^(?:item\\d+\\.)?EMAIL[^:\r\n]*:([^\r\n]+)");

  private TelegramContent() {}

  /** Makes a part of a field of a message. */
  private interface Reader {
    Part read(JsonNode message, JsonNode field) throws JsonProcessingException;
  }

  /** The parts of a message; at least one, whatever it holds. */
  static List<Part> parts(JsonNode message) {
    List<Part> parts = new ArrayList<>();
    List<Part> unknownFlags = new ArrayList<>();
    message
        .properties()
        .forEach(
            field -> {
              if (READERS.containsKey(field.getKey())) {
                if (!isRepeated(field.getKey(), message)) {
                  parts.add(read(message, field.getKey(), field.getValue()));
                }
              } else if (!ABOUT.contains(field.getKey())) {
                boolean flag = field.getValue().isValueNode();
                (flag ? unknownFlags : parts)
                    .add(new Part.Unsupported(field.getKey(), field.getValue()));
              }
            });
    if (parts.isEmpty()) {
      parts.addAll(unknownFlags);
    }
    addLooseCaption(message, parts);
    return parts.isEmpty() ? List.of(new Part.Unsupported("message", message)) : parts;
  }

  /** The same thing under two names, for clients older than the second. */
  private static boolean isRepeated(String field, JsonNode message) {
    return (field.equals("document") && message.has("animation"))
        || (field.equals("location") && message.has("venue"));
  }

  private static Part read(JsonNode message, String name, JsonNode field) {
    try {
      return READERS.get(name).read(message, field);
    } catch (JsonProcessingException | IllegalArgumentException notAsExpected) {
      return new Part.Unsupported(name, field);
    }
  }

  /** A caption stays with the medium it came with, if that was understood. */
  private static void addLooseCaption(JsonNode message, List<Part> parts) {
    String caption = linkedText(message, "caption", "caption_entities");
    boolean shown =
        parts.stream().anyMatch(p -> p instanceof Part.Media media && !media.caption().isEmpty());
    if (!caption.isEmpty() && !shown) {
      parts.add(Part.Text.plain(caption));
    }
  }

  private static Part text(JsonNode message, JsonNode field) {
    if (!field.isTextual()) {
      throw new IllegalArgumentException("text is not a text");
    }
    return Part.Text.plain(linkedText(message, "text", "entities"));
  }

  private static Part contact(JsonNode message, JsonNode field) throws JsonProcessingException {
    Contact contact = TelegramMedia.read(field, Contact.class);
    String last = contact.getLastName() == null ? "" : " " + contact.getLastName();
    String first = contact.getFirstName() == null ? "" : contact.getFirstName();
    String phone = contact.getPhoneNumber() == null ? "" : contact.getPhoneNumber();
    if ((first + last + phone).isBlank()) {
      throw new IllegalArgumentException("a contact without name and number");
    }
    List<String> mails = new ArrayList<>();
    Matcher mail = VCARD_MAIL.matcher(contact.getVCard() == null ? "" : contact.getVCard());
    while (mail.find()) {
      mails.add(mail.group(1).strip());
    }
    return new Part.ContactCard(
        (first + last).strip(), phone.isBlank() ? List.of() : List.of(phone), mails);
  }

  private static Part location(JsonNode message, JsonNode field) throws JsonProcessingException {
    return place(TelegramMedia.read(field, Location.class), "", "");
  }

  private static Part venue(JsonNode message, JsonNode field) throws JsonProcessingException {
    Venue venue = TelegramMedia.read(field, Venue.class);
    return place(venue.getLocation(), venue.getTitle(), venue.getAddress());
  }

  private static Part place(Location location, String name, String address) {
    if (location == null || location.getLatitude() == null || location.getLongitude() == null) {
      throw new IllegalArgumentException("a place without coordinates");
    }
    return new Part.Location(location.getLatitude(), location.getLongitude(), name, address);
  }

  /** Plain text in which links that stand behind words are written out. */
  static String linkedText(JsonNode message, String textField, String entitiesField) {
    String text = message.path(textField).asText("");
    StringBuilder linked = new StringBuilder(text);
    // From the end, so that what is put in moves nothing that is still to come.
    for (JsonNode link : links(message.path(entitiesField))) {
      int from = Math.clamp(link.path("offset").asLong(), 0, text.length());
      int to = Math.clamp(from + link.path("length").asLong(), from, text.length());
      String url = link.path("url").asText("");
      if (!url.isEmpty() && !text.substring(from, to).equals(url)) {
        linked.insert(to, " (" + url + ")");
      }
    }
    return linked.toString();
  }

  private static List<JsonNode> links(JsonNode entities) {
    return StreamSupport.stream(entities.spliterator(), false)
        .filter(entity -> entity.path("type").asText().equals("text_link"))
        .sorted(Comparator.comparingLong(TelegramContent::end).reversed())
        .toList();
  }

  /** In UTF-16 units, as Java counts. */
  private static long end(JsonNode entity) {
    return entity.path("offset").asLong() + entity.path("length").asLong();
  }
}
