package io.omnihub.dist.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.api.json.HubJson;
import io.omnihub.dist.HubProcess;
import io.omnihub.dist.faults.Said.Ack;
import io.omnihub.testkit.Await;
import io.omnihub.testkit.bot.BotSimulator;
import io.omnihub.testkit.partner.HubAnswer;
import io.omnihub.testkit.telegram.TelegramUser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One message that cannot be handled, in each stage, while others write: it is set aside with its
 * reason, and what stands behind it goes on.
 */
final class PoisonIT {
  private static final String POISON = "poison";
  private static final TelegramUser TOM = TelegramUser.of(7, "Tom");

  @TempDir Path folder;

  @Test
  void R58_aPoisonMessageInEachStageIsSetAsideAndHoldsUpNobody() {
    try (Storage storage = Storage.chosen(folder);
        Rig rig = new Rig(folder, storage, "patience: 2s, timeout: 1s", "timeout: 15s");
        HubProcess hub = rig.serve()) {
      rig.bot.answerWith(PoisonIT::answer);
      Ledger ledger = new Ledger(hub);
      refusedByTheProvider(rig, ledger);
      rig.peopleWrite(Duration.ofMillis(100));
      malformed(rig);
      unreadable(rig);
      beyondTheEngine(rig);
      rubbishOfTheBot(rig);
      beyondTheStore(rig);

      Await.until("two dead letters", () -> ledger.deadLetters().size() == 2);
      Await.until("the desk to take over", () -> handler(ledger, "stumbler").equals("queue"));
      Verdict verdict = rig.conclude("poison", hub, 1, Set.of("stumbler." + POISON, "stumbler.2"));
      assertThat(verdict.findings()).as("seed %d", rig.seed).isEmpty();
      assertThat(verdict.uncertain()).as("only what the provider refused").isEqualTo(1);
      assertThat(ledger.deadLetters().findValuesAsText("kind"))
          .containsExactlyInAnyOrder("fact", "unreadable");
      assertThat(ledger.deadLetters().findValuesAsText("reason"))
          .noneMatch(String::isBlank)
          .noneMatch(reason -> reason.contains("oldtimer"));
    }
  }

  /** The provider says no to one answer for good; the next one goes through. */
  private static void refusedByTheProvider(Rig rig, Ledger ledger) {
    rig.telegram.answerNext(
        "sendMessage",
        400,
        "{\"ok\":false,\"error_code\":400,\"description\":\"Bad Request: no such words\"}");
    tomWrites(rig, "tom.1");
    Await.until("the refusal", () -> ledger.get("/messages?status=failed").size() == 1);
    tomWrites(rig, "tom.2");
  }

  private static void tomWrites(Rig rig, String word) {
    long unused = rig.telegram.customerWrites(TOM, Wording.text(word, 0, ""));
    rig.scribe.wrote(new Person("telegram:" + TOM.id()), word, 0, Ack.TAKEN);
  }

  /** Not what the contract says: told so at once, and nothing of the request is kept. */
  private static void malformed(Rig rig) {
    ObjectNode good = rig.partner.textEvent("sloppy", Wording.text("sloppy.1", 0, ""));
    ObjectNode bad = rig.partner.event("message", "sloppy");
    assertThat(rig.partner.send(List.of(good, bad)).status()).isEqualTo(400);
    rig.scribe.wrote(person("sloppy"), "sloppy.1", 0, Ack.REFUSED);
    says(rig, "sloppy", "sloppy.2");
  }

  /** The connector can make nothing of it. */
  private static void unreadable(Rig rig) {
    ObjectNode anonymous = HubJson.mapper().createObjectNode();
    anonymous.put("message_id", 4711).put("date", 1_700_000_000).put("text", "psst");
    anonymous.putObject("chat").put("id", TOM.id()).put("type", "private");
    rig.telegram.deliver("message", anonymous);
    tomWrites(rig, "tom.3");
  }

  /** A time that no database can hold. */
  private static void beyondTheEngine(Rig rig) {
    says(rig, "oldtimer", "oldtimer.1");
    ObjectNode event = rig.partner.textEvent("oldtimer", Wording.text("oldtimer.2", 0, ""));
    event.put("sentAt", "+999999999-12-31T23:59:59Z");
    HubAnswer unused = rig.partner.send(List.of(event));
    says(rig, "oldtimer", "oldtimer.3");
  }

  /** What the bot answers is no answer, each time that it is asked. */
  private static void rubbishOfTheBot(Rig rig) {
    says(rig, "stumbler", "stumbler." + POISON);
    says(rig, "stumbler", "stumbler.2");
  }

  /** Characters that one database or the other cannot store as they are. */
  private static void beyondTheStore(Rig rig) {
    for (String evil : List.of("\u0000", "\u0001", "\uffff", "\u202e")) {
      String word = "fuzzy." + (int) evil.charAt(0);
      ObjectNode event = rig.partner.textEvent("fuzzy", Wording.text(word, 0, evil + "."));
      event.withObject("attributes").put("evil" + evil, evil);
      assertThat(rig.partner.send(List.of(event)).status()).isEqualTo(202);
      rig.scribe.wrote(person("fuzzy"), word, 0, Ack.TAKEN);
    }
  }

  private static void says(Rig rig, String user, String word) {
    assertThat(rig.partner.message(user, Wording.text(word, 0, "")).status()).isEqualTo(202);
    rig.scribe.wrote(person(user), word, 0, Ack.TAKEN);
  }

  private static Person person(String user) {
    return new Person("webhook:partner/" + user);
  }

  private static JsonNode answer(JsonNode turn) {
    return BotSimulator.words(turn).contains(POISON)
        ? HubJson.mapper().createArrayNode().add("rubbish")
        : BotSimulator.reply(Wording.answer(turn));
  }

  private static String handler(Ledger ledger, String user) {
    return ledger.conversations(person(user)).at("/0/handler/kind").asText();
  }
}
