package io.omnihub.testkit.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What WhatsApp checks in a message, whoever it goes to. */
final class MessageRules {
  private final Map<String, Integer> templates = new ConcurrentHashMap<>();

  /** A template that is approved, with so many parameters in its body. */
  void approve(String name, String language, int parameters) {
    templates.put(name + "/" + language, parameters);
  }

  void check(JsonNode message) {
    String type = message.path("type").asText("");
    JsonNode content = message.path(type);
    switch (type) {
      case "text" -> length("text.body", content.path("body"), 4096);
      case "image", "video", "document", "audio", "sticker" -> media(content);
      case "location" -> {
        if (!content.path("latitude").isNumber() || !content.path("longitude").isNumber()) {
          throw GraphRefusal.parameter("location needs coordinates");
        }
      }
      case "contacts" ->
          content.forEach(card -> length("formatted_name", card.at("/name/formatted_name"), 256));
      case "interactive" -> interactive(content);
      case "template" -> template(content);
      case "reaction" -> length("message_id", content.path("message_id"), 1024);
      default -> throw new GraphRefusal(400, 100, "unknown message type");
    }
  }

  private static void media(JsonNode content) {
    if (content.has("id") == content.has("link")) {
      throw new GraphRefusal(400, 131008, "either id or link");
    }
    if (content.path("caption").asText("").length() > 1024) {
      throw GraphRefusal.parameter("caption is too long");
    }
  }

  private static void interactive(JsonNode content) {
    length("body", content.at("/body/text"), 1024);
    JsonNode action = content.path("action");
    switch (content.path("type").asText("")) {
      case "button" -> {
        count("buttons", action.path("buttons"), 3);
        for (JsonNode button : action.path("buttons")) {
          length("title", button.at("/reply/title"), 20);
          length("id", button.at("/reply/id"), 256);
        }
      }
      case "list" -> {
        length("button", action.path("button"), 20);
        for (JsonNode section : action.path("sections")) {
          count("rows", section.path("rows"), 10);
          section.path("rows").forEach(MessageRules::row);
        }
      }
      case "cta_url" -> length("display_text", action.at("/parameters/display_text"), 20);
      default -> throw GraphRefusal.parameter("unknown interactive type");
    }
  }

  private static void row(JsonNode row) {
    length("title", row.path("title"), 24);
    length("id", row.path("id"), 200);
    if (row.path("description").asText("").length() > 72) {
      throw GraphRefusal.parameter("description is too long");
    }
  }

  private void template(JsonNode content) {
    String key = content.path("name").asText("") + "/" + content.at("/language/code").asText("");
    Integer wanted = templates.get(key);
    if (wanted == null) {
      throw new GraphRefusal(404, 132001, "Template name does not exist in the translation");
    }
    if (content.at("/components/0/parameters").size() != wanted) {
      throw new GraphRefusal(400, 132000, "Number of parameters does not match");
    }
  }

  private static void length(String name, JsonNode text, int most) {
    if (text.asText("").isBlank() || text.asText().length() > most) {
      throw GraphRefusal.parameter(name + " has a length between 1 and " + most);
    }
  }

  private static void count(String name, JsonNode list, int most) {
    if (list.isEmpty() || list.size() > most) {
      throw GraphRefusal.parameter(name + " has between 1 and " + most + " elements");
    }
  }
}
