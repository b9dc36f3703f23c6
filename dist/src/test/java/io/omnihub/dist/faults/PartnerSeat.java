package io.omnihub.dist.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.api.json.HubJson;
import io.omnihub.dist.faults.Said.Ack;
import io.omnihub.testkit.partner.HubAnswer;
import io.omnihub.testkit.partner.PartnerSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A place from which one person after the other writes to a partner's account: single messages,
 * batches, edits, and events that the hub has had before.
 */
final class PartnerSeat implements Runnable {
  private final PartnerSimulator partner;
  private final String account;
  private final String name;
  private final Scribe scribe;
  private final Pace pace;
  private final Random random;
  private final List<Sent> sent = new ArrayList<>();
  private int persons;
  private int messages;

  PartnerSeat(
      PartnerSimulator partner, String account, String name, Scribe scribe, Pace pace, long seed) {
    this.partner = partner;
    this.account = account;
    this.name = name;
    this.scribe = scribe;
    this.pace = pace;
    random = new Random(seed);
  }

  /** A message that was taken. */
  private static final class Sent {
    private final String word;
    private final ObjectNode event;
    private int version;

    Sent(String word, ObjectNode event) {
      this.word = word;
      this.event = event;
    }
  }

  @Override
  public void run() {
    while (pace.goesOn()) {
      step();
      if (messages >= pace.perPerson()) {
        persons++;
        messages = 0;
        sent.clear();
      }
      pace.pause(random);
    }
  }

  private void step() {
    int dice = random.nextInt(100);
    if (dice < 65 || sent.isEmpty()) {
      write(1);
    } else if (dice < 80) {
      write(2 + random.nextInt(3));
    } else if (dice < 90) {
      repeat(sent.get(random.nextInt(sent.size())));
    } else {
      edit(sent.get(random.nextInt(sent.size())));
    }
  }

  private String user() {
    return name + "-" + persons;
  }

  private Person who() {
    return new Person("webhook:" + account + "/" + user());
  }

  private void write(int count) {
    List<Sent> batch = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String word = account + "." + user() + "." + messages++;
      String text = Wording.text(word, 0, "x".repeat(random.nextInt(40)));
      batch.add(new Sent(word, partner.textEvent(user(), text)));
    }
    Ack ack = send(batch.stream().map(one -> one.event).toList(), 0);
    for (Sent one : batch) {
      scribe.wrote(who(), one.word, 0, ack);
      if (ack == Ack.TAKEN) {
        sent.add(one);
      }
    }
  }

  /** The same event in a delivery of its own. */
  private void repeat(Sent one) {
    Ack unused = send(List.of(one.event), 1);
  }

  private void edit(Sent one) {
    int version = ++one.version;
    ObjectNode event = partner.event("edit", user());
    event.put("target", one.event.get("id").asText());
    String text = Wording.text(one.word, version, "edited");
    event.putArray("parts").addObject().put("type", "text").put("text", text);
    scribe.wrote(who(), one.word, version, send(List.of(event), 0));
  }

  /** Sends events, of which the hub must know at least so many already. */
  private Ack send(List<ObjectNode> events, int known) {
    HubAnswer answer;
    try {
      answer = partner.send(events);
    } catch (IllegalStateException noAnswer) {
      scribe.contradiction(noAnswer.getMessage());
      return Ack.UNKNOWN;
    }
    if (answer.status() != 202) {
      return Ack.REFUSED;
    }
    JsonNode counts = json(answer.body());
    int duplicates = counts.path("duplicates").asInt();
    scribe.recognised(duplicates);
    if (counts.path("accepted").asInt() + duplicates != events.size() || duplicates < known) {
      scribe.contradiction(events.size() + " events, " + known + " known, answer " + counts);
    }
    return Ack.TAKEN;
  }

  private static JsonNode json(String body) {
    try {
      return HubJson.mapper().readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
