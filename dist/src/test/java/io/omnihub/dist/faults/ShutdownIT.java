package io.omnihub.dist.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.omnihub.api.json.HubJson;
import io.omnihub.dist.HubProcess;
import io.omnihub.dist.faults.Said.Ack;
import io.omnihub.testkit.Await;
import io.omnihub.testkit.bot.BotSimulator;
import io.omnihub.testkit.telegram.TelegramUser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The hub is asked to end while people write: it finishes what is under way and leaves no doubt.
 */
final class ShutdownIT {
  private static final Duration DRAIN = Duration.ofSeconds(20);
  private static final Duration MARGIN = Duration.ofSeconds(5);

  @TempDir Path folder;

  @Test
  void sigtermUnderLoadLosesNothingAndLeavesNothingUncertain() {
    try (Storage storage = Storage.chosen(folder);
        Rig rig = new Rig(folder, storage)) {
      rig.peopleWrite(Duration.ofMillis(40));
      terminate(rig, 2);
      conclude(rig, "SIGTERM, quick peers", 2);
    }
  }

  @Test
  void sigtermWaitsForPeersOfHalfASecond() {
    try (Storage storage = Storage.chosen(folder);
        Rig rig = new Rig(folder, storage)) {
      rig.slowPeers();
      rig.peopleWrite(Duration.ofMillis(100));
      terminate(rig, 1);
      rig.peersBehave();
      conclude(rig, "SIGTERM, peers of 500 ms", 1);
    }
  }

  /** A minute long: one person has half a minute of answers to come. */
  @Test
  void sigtermWithMoreToDoThanTheDrainAllowsLeavesNothingUncertain() {
    assumeTrue(Boolean.getBoolean("faults.long"), "takes a minute, runs with -Plong");
    try (Storage storage = Storage.chosen(folder);
        Rig rig = new Rig(folder, storage)) {
      rig.bot.answerWith(ShutdownIT::oneByOne);
      rig.slowPeers();
      TelegramUser talker = TelegramUser.of(7, "Tom");
      Person who = new Person("telegram:" + talker.id());
      for (int number = 0; number < 80; number++) {
        String word = "tom." + number;
        long unused = rig.telegram.customerWrites(talker, Wording.text(word, 0, ""));
        rig.scribe.wrote(who, word, 0, Ack.TAKEN);
      }
      HubProcess hub = rig.serve();
      Await.until("the first answers", () -> rig.telegram.sentTo(talker.id()).size() > 3);
      long start = System.nanoTime();
      assertThat(hub.terminate()).as("exit code, seed %d", rig.seed).isZero();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(DRAIN.plus(MARGIN));
      rig.peersBehave();
      conclude(rig, "SIGTERM, more than the drain can do", 1);
    }
  }

  private static JsonNode oneByOne(JsonNode turn) {
    ArrayNode actions = HubJson.mapper().createArrayNode();
    Wording.answer(turn).lines().forEach(line -> BotSimulator.reply(line).forEach(actions::add));
    return actions;
  }

  private static void terminate(Rig rig, int rounds) {
    for (int round = 0; round < rounds; round++) {
      HubProcess hub = rig.serve();
      LockSupport.parkNanos(Duration.ofMillis(300 + rig.random.nextInt(900)).toNanos());
      long start = System.nanoTime();
      assertThat(hub.terminate()).as("exit code, seed %d", rig.seed).isZero();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(DRAIN.plus(MARGIN));
    }
  }

  private static void conclude(Rig rig, String scenario, int rounds) {
    try (HubProcess hub = rig.serve()) {
      Verdict verdict = rig.conclude(scenario, hub, rounds, Set.of());
      assertThat(verdict.findings()).as("seed %d", rig.seed).isEmpty();
      assertThat(rig.scribe.contradictions()).as("seed %d", rig.seed).isEmpty();
      assertThat(verdict.uncertain()).as("uncertain, seed %d", rig.seed).isZero();
      assertThat(verdict.accepted()).isGreaterThan(rounds * 10);
    }
  }
}
