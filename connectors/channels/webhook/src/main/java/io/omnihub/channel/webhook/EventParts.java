package io.omnihub.channel.webhook;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.omnihub.api.json.HubJson;
import io.omnihub.api.model.Part;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the parts of a message; a kind that the hub does not know is kept as it came. */
final class EventParts {
  private static final String UNSUPPORTED = "unsupported";

  private static final Set<String> KNOWN =
      Arrays.stream(Part.class.getAnnotation(JsonSubTypes.class).value())
          .map(JsonSubTypes.Type::name)
          .filter(name -> !name.equals(UNSUPPORTED))
          .collect(Collectors.toUnmodifiableSet());

  private EventParts() {}

  static List<Part> read(EventFields event) {
    List<JsonNode> given = event.list("parts");
    if (given.isEmpty()) {
      throw event.problem("parts", "is empty, expected at least one part");
    }
    List<Part> parts = new ArrayList<>();
    for (JsonNode part : given) {
      parts.add(read(event, "parts[" + parts.size() + "]", part));
    }
    return parts;
  }

  private static Part read(EventFields event, String field, JsonNode json) {
    if (!json.isObject()) {
      throw event.problem(field, "is not understood, expected an object");
    }
    EventFields fields = new EventFields(json, field + ".");
    String type = fields.text("type");
    if (type.equals(UNSUPPORTED)) {
      JsonNode raw = fields.has("raw") ? json.get("raw") : json;
      return new Part.Unsupported(fields.optionalText("providerType"), raw);
    }
    return KNOWN.contains(type) ? known(fields) : new Part.Unsupported(type, json);
  }

  private static Part known(EventFields fields) {
    try {
      Part part = HubJson.mapper().treeToValue(fields.object(), Part.class);
      checkAddresses(fields, part);
      return part;
    } catch (JsonProcessingException e) {
      throw new MalformedField(where(fields, e), what(e));
    }
  }

  /** The hub fetches what these name, so nothing but the web may be named from outside. */
  private static void checkAddresses(EventFields fields, Part part) {
    switch (part) {
      case Part.Media media -> requireWeb(fields, "url", media.url());
      case Part.Card card -> checkPicture(fields, card);
      case Part.Carousel carousel -> carousel.cards().forEach(card -> checkPicture(fields, card));
      case Part.Text text -> {}
      case Part.Location location -> {}
      case Part.ContactCard contact -> {}
      case Part.Choices choices -> {}
      case Part.Choice choice -> {}
      case Part.Template template -> {}
      case Part.Unsupported unsupported -> {}
    }
  }

  private static void checkPicture(EventFields fields, Part.Card card) {
    if (!card.imageUrl().isEmpty()) {
      requireWeb(fields, "imageUrl", card.imageUrl());
    }
  }

  private static void requireWeb(EventFields fields, String name, String address) {
    try {
      URI uri = URI.create(address);
      if (uri.getHost() != null
          && ("https".equalsIgnoreCase(uri.getScheme())
              || "http".equalsIgnoreCase(uri.getScheme()))) {
        return;
      }
    } catch (IllegalArgumentException notAnAddress) {
      // Told below, like every other address that the hub cannot fetch.
    }
    throw fields.problem(name, "is not understood, expected an http or https address");
  }

  private static String where(EventFields fields, JsonProcessingException e) {
    StringBuilder field = new StringBuilder(fields.path());
    field.setLength(field.length() - 1);
    if (e instanceof JsonMappingException mapping) {
      for (JsonMappingException.Reference step : mapping.getPath()) {
        String name = step.getFieldName();
        field.append(name == null ? "[" + step.getIndex() + "]" : "." + name);
      }
    }
    return field.toString();
  }

  private static String what(JsonProcessingException e) {
    return e instanceof ValueInstantiationException && e.getCause() != null
        ? "is not understood: " + e.getCause().getMessage()
        : "is not understood";
  }
}
