package io.omnihub.channel.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The fields of one JSON object; what is wrong with one is told together with the way to it. */
record EventFields(JsonNode object, String path) {
  /** A key of the hub has at most 255 characters, and the event's type stands before the id. */
  private static final int LONGEST_ID = 200;

  static EventFields of(JsonNode event) {
    return new EventFields(event, "");
  }

  boolean has(String name) {
    return object.hasNonNull(name);
  }

  String text(String name) {
    String text = optionalText(name);
    if (text.isBlank()) {
      throw problem(name, (has(name) ? "is empty" : "is missing") + ", expected a text");
    }
    return text;
  }

  /** The text, empty when there is none. */
  String optionalText(String name) {
    return has(name) ? textOf(object.get(name), name) : "";
  }

  /** A reference to something of the partner. */
  String id(String name) {
    return bounded(name, text(name));
  }

  /** A reference, empty when there is none. */
  String optionalId(String name) {
    return bounded(name, optionalText(name));
  }

  EventFields section(String name) {
    if (!has(name)) {
      throw problem(name, "is missing, expected an object");
    }
    return optionalSection(name);
  }

  /** The object, without fields when there is none. */
  EventFields optionalSection(String name) {
    if (has(name) && !object.get(name).isObject()) {
      throw problem(name, "is not understood, expected an object");
    }
    return new EventFields(object.path(name), path + name + ".");
  }

  List<JsonNode> list(String name) {
    if (!has(name)) {
      throw problem(name, "is missing, expected a list");
    }
    if (!object.get(name).isArray()) {
      throw problem(name, "is not understood, expected a list");
    }
    return List.copyOf(object.get(name).valueStream().toList());
  }

  /** The texts, none when there is no such field. */
  List<String> optionalTexts(String name) {
    List<String> texts = new ArrayList<>();
    if (has(name)) {
      for (JsonNode one : list(name)) {
        texts.add(textOf(one, name + "[" + texts.size() + "]"));
      }
    }
    return texts;
  }

  MalformedField problem(String name, String problem) {
    return new MalformedField(path + name, problem);
  }

  private String textOf(JsonNode value, String name) {
    if (!value.isTextual()) {
      throw problem(name, "is not understood, expected a text");
    }
    return value.textValue();
  }

  private String bounded(String name, String id) {
    if (id.length() > LONGEST_ID) {
      throw problem(name, "is longer than " + LONGEST_ID + " characters");
    }
    return id;
  }
}
