package io.omnihub.dist.faults;

import io.omnihub.dist.faults.Said.Ack;
import io.omnihub.testkit.telegram.TelegramSimulator;
import io.omnihub.testkit.telegram.TelegramUser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A place from which one person after the other writes on Telegram, and edits. Telegram delivers
 * until the hub has said yes, so that what is written is taken once nothing is pending.
 */
final class TelegramSeat implements Runnable {
  private final TelegramSimulator telegram;
  private final long firstId;
  private final Scribe scribe;
  private final Pace pace;
  private final Random random;
  private final Map<String, Sent> sent = new LinkedHashMap<>();
  private int persons;
  private int messages;

  /** Users have the ids from the first one on. */
  TelegramSeat(TelegramSimulator telegram, long firstId, Scribe scribe, Pace pace, long seed) {
    this.telegram = telegram;
    this.firstId = firstId;
    this.scribe = scribe;
    this.pace = pace;
    random = new Random(seed);
  }

  /** A message with its id in the chat. */
  private record Sent(long id, int version) {}

  @Override
  public void run() {
    while (pace.goesOn()) {
      if (random.nextInt(100) < 90 || sent.isEmpty()) {
        write();
      } else {
        edit();
      }
      if (messages >= pace.perPerson()) {
        persons++;
        messages = 0;
        sent.clear();
      }
      pace.pause(random);
    }
  }

  private TelegramUser user() {
    return TelegramUser.of(firstId + persons, "T" + (firstId + persons));
  }

  private Person who() {
    return new Person("telegram:" + user().id());
  }

  private void write() {
    String word = "tg." + user().id() + "." + messages++;
    String text = Wording.text(word, 0, "x".repeat(random.nextInt(40)));
    sent.put(word, new Sent(telegram.customerWrites(user(), text), 0));
    scribe.wrote(who(), word, 0, Ack.TAKEN);
  }

  private void edit() {
    String word = List.copyOf(sent.keySet()).get(random.nextInt(sent.size()));
    Sent edited = new Sent(sent.get(word).id(), sent.get(word).version() + 1);
    sent.put(word, edited);
    telegram.customerEdits(user(), edited.id(), Wording.text(word, edited.version(), "edited"));
    scribe.wrote(who(), word, edited.version(), Ack.TAKEN);
  }
}
