package io.omnihub.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.api.json.HubJson;
import java.io.IOException;
import java.util.Map;

/**
 * What the page asks of the simulators. Wrong requests are {@link IllegalArgumentException}s that
 * say what was expected.
 */
final class DemoApi {
  private static final ObjectMapper JSON = HubJson.mapper();
  private static final int MAX_TEXT = 4000;

  private final Simulators simulators;

  DemoApi(Simulators simulators) {
    this.simulators = simulators;
  }

  /** What every customer sees on every channel. */
  byte[] state() {
    ObjectNode state = JSON.createObjectNode();
    ObjectNode people = state.putObject("people");
    for (Person person : Person.ALL) {
      ObjectNode seen = people.putObject(person.id());
      seen.put("name", person.name()).put("email", person.email()).put("phone", person.phone());
      seen.set("telegram", JSON.valueToTree(simulators.telegram().chat(person)));
      seen.set("mail", JSON.valueToTree(simulators.mail().thread(person)));
      seen.set("partner", JSON.valueToTree(simulators.partner().log(person)));
    }
    state.putObject("waiting").put("telegram", simulators.telegram().waiting());
    state.set("mischief", JSON.valueToTree(simulators.mischief().rates()));
    return bytes(state);
  }

  byte[] telegram(byte[] body) {
    JsonNode call = read(body);
    Person person = person(call);
    if (call.path("contact").asBoolean()) {
      simulators.telegram().shareNumber(person);
    } else if (call.has("button")) {
      int button = call.path("button").asInt();
      try {
        simulators.telegram().press(person, call.path("message").asLong(), button);
      } catch (IndexOutOfBoundsException e) {
        throw new IllegalArgumentException("button: there is none with the number " + button, e);
      }
    } else {
      simulators.telegram().write(person, text(call, "text"));
    }
    return done();
  }

  byte[] email(byte[] body) {
    JsonNode call = read(body);
    Person person = person(call);
    String text = text(call, "text");
    if (!call.path("reply").asBoolean()) {
      String subject = call.path("subject").asText("").replaceAll("\\p{Cntrl}", " ").strip();
      simulators.mail().write(person, subject.isEmpty() ? "Question" : subject, text);
    } else if (!simulators.mail().reply(person, text)) {
      throw new IllegalArgumentException("reply: there is no mail to answer yet");
    }
    return done();
  }

  byte[] partner(byte[] body) {
    JsonNode call = read(body);
    simulators.partner().say(person(call), text(call, "text"));
    return done();
  }

  byte[] mischief(byte[] body) {
    JsonNode call = read(body);
    MischiefBoard board = simulators.mischief();
    String target = call.path("target").asText("");
    String fault = call.path("fault").asText("");
    if (call.path("stop").asBoolean()) {
      board.stop(target);
    } else if (call.path("next").asBoolean()) {
      board.next(target, fault);
    } else {
      board.rate(target, fault, call.path("rate").asDouble(0));
    }
    return bytes(JSON.valueToTree(board.rates()));
  }

  static byte[] problem(String detail) {
    return bytes(JSON.valueToTree(Map.of("detail", detail == null ? "malformed" : detail)));
  }

  private static byte[] done() {
    return bytes(JSON.createObjectNode());
  }

  private static JsonNode read(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new IllegalArgumentException("expected a JSON object", e);
    }
  }

  private static Person person(JsonNode call) {
    return Person.find(call.path("person").asText(""))
        .orElseThrow(() -> new IllegalArgumentException("person: there is none of that name"));
  }

  private static String text(JsonNode call, String field) {
    String text = call.path(field).asText("").strip();
    if (text.isEmpty() || text.length() > MAX_TEXT) {
      throw new IllegalArgumentException(
          field + ": expected 1 to " + MAX_TEXT + " characters, got " + text.length());
    }
    return text;
  }

  private static byte[] bytes(JsonNode json) {
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer cannot be written as JSON", e);
    }
  }
}
