package io.omnihub.channel.whatsapp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.json.HubJson;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.Part.MediaKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a message of a customer holds, as parts and attributes; nothing of it is lost. */
final class WhatsAppContent {
  private WhatsAppContent() {}

  /** At least one part: what is not understood is kept as it came. */
  static List<Part> parts(JsonNode message) {
    String type = message.path("type").asText("");
    JsonNode content = message.path(type);
    try {
      List<Part> parts = parts(type, content);
      return parts.isEmpty() ? List.of(unsupported(type, message)) : parts;
    } catch (IllegalArgumentException notAsExpected) {
      return List.of(unsupported(type, message));
    }
  }

  private static List<Part> parts(String type, JsonNode content) {
    return switch (type) {
      case "text" -> text(content.path("body").asText(""));
      case "image" -> media(MediaKind.IMAGE, content);
      case "video" -> media(MediaKind.VIDEO, content);
      case "document" -> media(MediaKind.FILE, content);
      case "sticker" -> media(MediaKind.STICKER, content);
      case "audio" ->
          media(content.path("voice").asBoolean() ? MediaKind.VOICE : MediaKind.AUDIO, content);
      case "location" -> location(content);
      case "contacts" -> contacts(content);
      case "button" -> choice(content.path("payload"), content.path("text"));
      case "interactive" -> interactive(content);
      case "order" -> order(content);
      case "system" -> text(content.path("body").asText(""));
      default -> List.of();
    };
  }

  private static Part unsupported(String type, JsonNode message) {
    String inner = message.path(type).path("type").asText("");
    return new Part.Unsupported(inner.isEmpty() ? type : type + "." + inner, message);
  }

  private static List<Part> text(String text) {
    return text.isBlank() ? List.of() : List.of(Part.Text.plain(text));
  }

  private static List<Part> media(MediaKind kind, JsonNode file) {
    String id = file.path("id").asText("");
    if (id.isBlank()) {
      return List.of();
    }
    return List.of(
        new Part.Media(
            kind,
            Part.Media.FETCH + id,
            file.path("mime_type").asText(""),
            0,
            file.path("filename").asText(""),
            file.path("caption").asText("")));
  }

  private static List<Part> location(JsonNode place) {
    if (!place.path("latitude").isNumber() || !place.path("longitude").isNumber()) {
      return List.of();
    }
    return List.of(
        new Part.Location(
            place.path("latitude").asDouble(),
            place.path("longitude").asDouble(),
            place.path("name").asText(""),
            place.path("address").asText("")));
  }

  private static List<Part> contacts(JsonNode cards) {
    List<Part> parts = new ArrayList<>();
    for (JsonNode card : cards) {
      parts.add(
          new Part.ContactCard(
              card.path("name").path("formatted_name").asText(""),
              texts(card.path("phones"), "phone", "wa_id"),
              texts(card.path("emails"), "email", "email")));
    }
    return parts;
  }

  private static List<String> texts(JsonNode list, String field, String otherwise) {
    List<String> texts = new ArrayList<>();
    for (JsonNode one : list) {
      String text = one.path(field).asText(one.path(otherwise).asText(""));
      if (!text.isBlank()) {
        texts.add(text);
      }
    }
    return texts;
  }

  private static List<Part> choice(JsonNode id, JsonNode label) {
    String shown = label.asText("");
    return List.of(new Part.Choice(id.asText(shown), shown));
  }

  private static List<Part> interactive(JsonNode content) {
    String type = content.path("type").asText("");
    JsonNode reply = content.path(type);
    return switch (type) {
      case "button_reply", "list_reply" -> choice(reply.path("id"), reply.path("title"));
      case "nfm_reply" -> form(reply);
      default -> List.of();
    };
  }

  /** The answers of a form, one a line; the token that Meta adds is not for people. */
  private static List<Part> form(JsonNode reply) {
    String lines =
        answers(reply).entrySet().stream()
            .filter(answer -> !answer.getKey().equals("flow_token"))
            .map(answer -> answer.getKey() + ": " + answer.getValue())
            .collect(Collectors.joining("\n"));
    return text(lines.isEmpty() ? reply.path("body").asText("") : lines);
  }

  private static Map<String, Object> answers(JsonNode reply) {
    Map<String, Object> answers = new LinkedHashMap<>();
    try {
      HubJson.mapper()
          .readTree(reply.path("response_json").asText("{}"))
          .properties()
          .forEach(answer -> answers.put(answer.getKey(), plain(answer.getValue())));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a form whose answers are not JSON", e);
    }
    return answers;
  }

  private static List<Part> order(JsonNode order) {
    List<String> lines = new ArrayList<>();
    lines.add(order.path("text").asText(""));
    for (JsonNode item : order.path("product_items")) {
      lines.add(
          "%s × %s, %s %s"
              .formatted(
                  item.path("quantity").asText("1"),
                  item.path("product_retailer_id").asText("?"),
                  item.path("item_price").asText(""),
                  item.path("currency").asText("")));
    }
    return text(
        lines.stream().filter(line -> !line.isBlank()).collect(Collectors.joining("\n")).strip());
  }

  /** What a message says beside its content. */
  static Map<String, Object> attributes(JsonNode message) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    JsonNode context = message.path("context");
    put(attributes, "forwarded", context.path("forwarded"));
    put(attributes, "frequentlyForwarded", context.path("frequently_forwarded"));
    put(attributes, "referredProduct", context.path("referred_product"));
    put(attributes, "referral", message.path("referral"));
    put(attributes, "group", message.path("group_id"));
    put(attributes, "order", message.path("order"));
    put(attributes, "errors", message.path("errors"));
    put(attributes, "identityChange", message.path("identity"));
    put(attributes, "locationUrl", message.path("location").path("url"));
    JsonNode reply = message.path("interactive");
    put(attributes, "choiceDescription", reply.path("list_reply").path("description"));
    if (reply.has("nfm_reply")) {
      putAnswers(attributes, reply.path("nfm_reply"));
    }
    return attributes;
  }

  private static void putAnswers(Map<String, Object> attributes, JsonNode reply) {
    try {
      attributes.put("flow", answers(reply));
    } catch (IllegalArgumentException notJson) {
      attributes.put("flow", reply.path("response_json").asText(""));
    }
  }

  private static void put(Map<String, Object> attributes, String name, JsonNode value) {
    if (!value.isMissingNode() && !value.isNull()) {
      attributes.put(name, plain(value));
    }
  }

  private static Object plain(JsonNode value) {
    return value.isNull() ? "" : HubJson.mapper().convertValue(value, Object.class);
  }
}
