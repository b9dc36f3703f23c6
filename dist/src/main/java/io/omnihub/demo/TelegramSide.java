package io.omnihub.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.testkit.telegram.BotCall;
import io.omnihub.testkit.telegram.TelegramSimulator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** What the customers do and see on the simulated Telegram. Safe for all threads. */
final class TelegramSide {
  private final TelegramSimulator telegram;
  private final Map<String, Map<Long, String>> written = new ConcurrentHashMap<>();

  TelegramSide(TelegramSimulator telegram) {
    this.telegram = telegram;
    Person.ALL.forEach(person -> telegram.open(person.telegram()));
  }

  /** A message in the chat; {@code buttons} are the words on them, in the order of pressing. */
  record Bubble(long id, boolean mine, String text, List<String> buttons) {}

  void write(Person person, String text) {
    keep(person, telegram.customerWrites(person.telegram(), text), text);
  }

  void shareNumber(Person person) {
    long id = telegram.customerSharesContact(person.telegram(), person.phone());
    keep(person, id, "☎ " + person.phone());
  }

  /** Presses the button of that place under a message. */
  void press(Person person, long messageId, int button) {
    telegram.customerPresses(person.telegram(), messageId, button);
  }

  /** How many updates the hub has not taken yet. */
  int waiting() {
    return telegram.pendingUpdates();
  }

  List<Bubble> chat(Person person) {
    Map<Long, Bubble> chat = new TreeMap<>();
    written
        .getOrDefault(person.id(), Map.of())
        .forEach((id, text) -> chat.put(id, new Bubble(id, true, text, List.of())));
    for (BotCall call : telegram.sentTo(person.telegram().id())) {
      if (call.method().equals("editMessageText")) {
        long id = call.params().path("message_id").asLong();
        chat.computeIfPresent(id, (same, old) -> bubble(id, call));
      } else if (call.messageId() > 0) {
        chat.put(call.messageId(), bubble(call.messageId(), call));
      }
    }
    List<Bubble> bubbles = new ArrayList<>(chat.values());
    bubbles.sort(Comparator.comparingLong(Bubble::id));
    return bubbles;
  }

  private void keep(Person person, long id, String text) {
    written.computeIfAbsent(person.id(), none -> new ConcurrentSkipListMap<>()).put(id, text);
  }

  private static Bubble bubble(long id, BotCall call) {
    String words = call.text("text").isEmpty() ? call.text("caption") : call.text("text");
    String text = call.text("parse_mode").equalsIgnoreCase("HTML") ? shown(words) : words;
    String kind = call.method().replaceFirst("^(send|editMessage)", "");
    boolean spoken = kind.equals("Message") || kind.equals("Text");
    List<String> buttons = new ArrayList<>();
    for (JsonNode row : call.params().path("reply_markup").path("inline_keyboard")) {
      row.forEach(button -> buttons.add(button.path("text").asText()));
    }
    return new Bubble(id, false, spoken ? text : ("[" + kind + "] " + text).strip(), buttons);
  }

  /** The words without Telegram's markup; the simulator has checked that it is well-formed. */
  private static String shown(String html) {
    return html.replaceAll("<[^<>]*>", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
  }
}
