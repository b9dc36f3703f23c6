package io.omnihub.channel.webchat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.json.HubJson;
import io.omnihub.api.model.Part;
import io.omnihub.channel.webchat.WebchatErrors.Reason;
import io.omnihub.channel.webchat.WebchatErrors.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** What a browser says over its socket, with all limits checked. */
sealed interface ClientFrame {
  int MAX_BYTES = 64 << 10;
  int MAX_TEXT = 4000;
  int MAX_PARTS = 10;

  /** The first frame. */
  record Hello(String token, OptionalLong after) implements ClientFrame {}

  /**
   * A message.
   *
   * @param parts as the browser wrote them; addresses of media are not checked yet
   * @param replyTo the hub's id of a message, empty when none
   */
  record Say(String clientId, List<Part> parts, String replyTo) implements ClientFrame {}

  /** The visitor is writing. */
  record Typing() implements ClientFrame {}

  /** The visitor has seen everything. */
  record Read() implements ClientFrame {}

  /** A message of the hub has arrived. */
  record Got(String id) implements ClientFrame {}

  /** Is anybody there? */
  record Ping() implements ClientFrame {}

  /**
   * Reads a frame.
   *
   * @throws Refusal telling what is wrong with it
   */
  static ClientFrame parse(String text) throws Refusal {
    if (text.length() > MAX_BYTES || text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw new Refusal(Reason.TOO_LARGE, "a frame has at most " + MAX_BYTES + " bytes");
    }
    JsonNode json = Reading.tree(text);
    String type = json.path("t").asText("");
    return switch (type) {
      case "hello" -> new Hello(Reading.text(json, "token", MAX_BYTES), Reading.after(json));
      case "msg", "choice" -> Reading.say(type, json);
      case "typing" -> new Typing();
      case "read" -> new Read();
      case "got" -> new Got(Reading.text(json, "id", Reading.MAX_ID));
      case "ping" -> new Ping();
      default -> throw Reading.bad("unknown frame, expected t to be one of hello, msg, choice, …");
    };
  }

  /** How the fields of a frame are read. */
  final class Reading {
    private static final int MAX_ID = 64;
    private static final int MAX_OPTION = 512;
    private static final Pattern CLIENT_ID = Pattern.compile("[A-Za-z0-9_-]{1," + MAX_ID + "}");

    private Reading() {}

    private static JsonNode tree(String text) throws Refusal {
      try {
        JsonNode json = HubJson.mapper().readTree(text);
        if (json.isObject()) {
          return json;
        }
        throw bad("expected a JSON object");
      } catch (JsonProcessingException e) {
        throw bad("not well-formed JSON");
      }
    }

    private static OptionalLong after(JsonNode json) throws Refusal {
      JsonNode after = json.path("after");
      if (after.isMissingNode() || after.isNull()) {
        return OptionalLong.empty();
      }
      if (!after.canConvertToLong() || !after.isIntegralNumber() || after.longValue() < 0) {
        throw bad("after must be a position");
      }
      return OptionalLong.of(after.longValue());
    }

    private static Say say(String type, JsonNode json) throws Refusal {
      String clientId = text(json, "clientId", MAX_ID);
      if (!CLIENT_ID.matcher(clientId).matches()) {
        throw bad("clientId must be a UUID");
      }
      try {
        List<Part> parts = type.equals("choice") ? choice(json) : parts(json);
        if (parts.stream().mapToInt(Reading::length).sum() > MAX_TEXT) {
          throw new Refusal(Reason.TOO_LARGE, "a message has at most " + MAX_TEXT + " characters");
        }
        return new Say(clientId, parts, text(json, "replyTo", MAX_ID));
      } catch (Refusal refusal) {
        throw refusal.about(clientId);
      }
    }

    private static List<Part> choice(JsonNode json) throws Refusal {
      String id = text(json, "id", MAX_OPTION);
      if (id.isBlank()) {
        throw bad("a choice needs the id of the option");
      }
      return List.of(new Part.Choice(id, text(json, "label", MAX_OPTION)));
    }

    private static List<Part> parts(JsonNode json) throws Refusal {
      JsonNode written = json.path("parts");
      if (written.isMissingNode()) {
        return List.of(words(text(json, "text", MAX_BYTES)));
      }
      if (!written.isArray() || written.isEmpty() || written.size() > MAX_PARTS) {
        throw bad("parts must be a list of 1 to " + MAX_PARTS);
      }
      List<Part> parts = new ArrayList<>();
      for (JsonNode part : written) {
        parts.add(part(part));
      }
      return parts;
    }

    private static Part part(JsonNode json) throws Refusal {
      return switch (json.path("type").asText("")) {
        case "text" -> words(text(json, "text", MAX_BYTES));
        case "choice" -> choice(json).getFirst();
        case "media" -> media(json);
        case "location" -> location(json);
        default -> throw bad("a part must be a text, choice, media or location");
      };
    }

    /** Always plain: what a visitor types is never markup. */
    private static Part words(String text) throws Refusal {
      if (text.isBlank()) {
        throw bad("the text is missing");
      }
      return Part.Text.plain(text);
    }

    private static Part media(JsonNode json) throws Refusal {
      String url = text(json, "url", 1024);
      if (url.isBlank()) {
        throw bad("a medium needs the url of an upload");
      }
      return new Part.Media(Part.MediaKind.FILE, url, "", 0, "", text(json, "caption", MAX_TEXT));
    }

    private static Part location(JsonNode json) throws Refusal {
      JsonNode latitude = json.path("latitude");
      JsonNode longitude = json.path("longitude");
      if (!latitude.isNumber() || !longitude.isNumber()) {
        throw bad("a location needs latitude and longitude");
      }
      try {
        return new Part.Location(
            latitude.doubleValue(),
            longitude.doubleValue(),
            text(json, "name", MAX_OPTION),
            text(json, "address", MAX_OPTION));
      } catch (IllegalArgumentException outside) {
        throw bad("the location is outside of the globe");
      }
    }

    private static int length(Part part) {
      return switch (part) {
        case Part.Text text -> text.text().length();
        case Part.Media media -> media.caption().length();
        case Part.Location location -> location.name().length() + location.address().length();
        case Part.Choice choice -> choice.label().length();
        case Part.ContactCard other -> 0;
        case Part.Choices other -> 0;
        case Part.Card other -> 0;
        case Part.Carousel other -> 0;
        case Part.Template other -> 0;
        case Part.Unsupported other -> 0;
      };
    }

    /** A text without NUL, which no store can keep. */
    private static String text(JsonNode json, String field, int limit) throws Refusal {
      JsonNode value = json.path(field);
      if (value.isMissingNode() || value.isNull()) {
        return "";
      }
      if (!value.isTextual()) {
        throw bad(field + " must be a text");
      }
      if (value.textValue().length() > limit) {
        throw new Refusal(Reason.TOO_LARGE, field + " has at most " + limit + " characters");
      }
      return value.textValue().replace("\0", "");
    }

    private static Refusal bad(String detail) {
      return new Refusal(Reason.BAD_FRAME, detail);
    }
  }
}
