package io.omnihub.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.testkit.partner.HubAnswer;
import io.omnihub.testkit.partner.PartnerSimulator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What the partner's users say, and the JSON that goes to and fro. Safe for all threads. */
final class PartnerSide implements AutoCloseable {
  private final PartnerSimulator partner;

  /** One thread a person, for the order of his messages. */
  private final Map<String, ExecutorService> executors = new HashMap<>();

  private final Map<String, List<Exchange>> logs = new HashMap<>();
  private final Map<String, Integer> taken = new HashMap<>();

  PartnerSide(PartnerSimulator partner) {
    this.partner = partner;
    Person.ALL.forEach(
        person ->
            executors.put(
                person.id(),
                Executors.newSingleThreadExecutor(Thread.ofVirtual().name("partner").factory())));
  }

  /**
   * A request, one way or the other; {@code number} counts those of one person from 1.
   *
   * @param answer what became of it, such as {@code 202 after 2 attempts}
   */
  record Exchange(int number, boolean mine, JsonNode json, String answer) {}

  void say(Person person, String text) {
    ObjectNode event = partner.textEvent(person.id(), text);
    ObjectNode from = event.withObject("/from");
    from.put("name", person.name()).put("email", person.email()).put("phone", person.phone());
    from.putArray("verified").add("email").add("phone");
    // The shop signs its user ids in the web chat too, so that both are known to be one person.
    from.putObject("external").put("site-chat", person.id());
    int number = add(person, true, event, "sending");
    executors.get(person.id()).execute(() -> send(person, number, event));
  }

  synchronized List<Exchange> log(Person person) {
    List<JsonNode> received = partner.received(person.id());
    for (JsonNode callback :
        received.subList(taken.getOrDefault(person.id(), 0), received.size())) {
      add(person, false, callback, "200");
    }
    taken.put(person.id(), received.size());
    return List.copyOf(logs.getOrDefault(person.id(), List.of()));
  }

  private void send(Person person, int number, ObjectNode event) {
    String answer;
    try {
      HubAnswer given = partner.send(List.of(event));
      answer =
          given.status() + (given.attempts() > 1 ? " after " + given.attempts() + " attempts" : "");
    } catch (IllegalStateException gone) {
      answer = "the hub did not take it";
    }
    settle(person, number, event, answer);
  }

  private synchronized int add(Person person, boolean mine, JsonNode json, String answer) {
    List<Exchange> log = logs.computeIfAbsent(person.id(), none -> new ArrayList<>());
    log.add(new Exchange(log.size() + 1, mine, json, answer));
    return log.size();
  }

  private synchronized void settle(Person person, int number, ObjectNode event, String answer) {
    logs.get(person.id()).set(number - 1, new Exchange(number, true, event, answer));
  }

  @Override
  public void close() {
    executors.values().forEach(ExecutorService::shutdownNow);
  }
}
