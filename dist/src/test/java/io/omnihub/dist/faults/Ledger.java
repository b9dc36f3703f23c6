package io.omnihub.dist.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.dist.HubProcess;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Reads from the API what the hub has of people. */
final class Ledger {
  private final HubProcess hub;
  private final HttpClient client = HttpClient.newHttpClient();

  Ledger(HubProcess hub) {
    this.hub = hub;
  }

  /** What was said by and to people, each in the order of the conversation. */
  List<Stored> of(Collection<Person> people) {
    List<Stored> all = new ArrayList<>();
    for (Person who : people) {
      for (JsonNode message : messages(who)) {
        read(who, message, all);
      }
    }
    return all;
  }

  private static void read(Person who, JsonNode message, List<Stored> all) {
    String text = message.at("/parts/0/text").asText();
    switch (message.get("direction").asText()) {
      case "inbound" -> all.add(Wording.question(who, text));
      case "outbound" ->
          all.add(new Stored.Answer(who, Wording.answered(text), message.get("status").asText()));
      default -> {}
    }
  }

  /** The open dead letters. */
  JsonNode deadLetters() {
    return get("/dead-letters");
  }

  /** Whether no message waits to be sent. */
  boolean quiet() {
    return get("/messages?status=queued").isEmpty();
  }

  /** The items of a list. */
  JsonNode get(String path) {
    return hub.get(client, path).get("items");
  }

  /** All conversations of somebody; one person has one contact. */
  JsonNode conversations(Person who) {
    JsonNode contacts = get("/contacts?identity=" + who.identity());
    if (contacts.size() > 1) {
      throw new AssertionError(who + " has " + contacts.size() + " contacts");
    }
    return contacts.isEmpty()
        ? contacts
        : get("/conversations?contact=" + contacts.get(0).get("id").asText());
  }

  private List<JsonNode> messages(Person who) {
    JsonNode conversations = conversations(who);
    if (conversations.size() > 1) {
      throw new AssertionError(who + " has " + conversations.size() + " conversations");
    }
    List<JsonNode> all = new ArrayList<>();
    for (JsonNode conversation : conversations) {
      String path = "/conversations/" + conversation.get("id").asText() + "/messages?limit=200";
      JsonNode page = hub.get(client, path);
      page.get("items").forEach(all::add);
      while (!page.get("next").isNull()) {
        page = hub.get(client, path + "&cursor=" + page.get("next").asText());
        page.get("items").forEach(all::add);
      }
    }
    return all;
  }
}
