package io.omnihub.dist.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.api.json.HubJson;
import io.omnihub.dist.HubProcess;
import io.omnihub.testkit.bot.BotSimulator;
import io.omnihub.testkit.simulator.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bots that do to their turns whatever a bot can do. */
final class BotFaultsIT {
  @TempDir Path folder;

  private final HttpClient client = HttpClient.newHttpClient();

  /** Cut before and after, 429, 500, late, never, and for a while nobody there. */
  @Test
  void whatABotDoesNeitherLosesNorDoublesAnAnswer() {
    try (Storage storage = Storage.chosen(folder);
        Rig rig = new Rig(folder, storage, "patience: 10m, timeout: 1s", "timeout: 15s");
        HubProcess hub = rig.serve()) {
      for (Fault fault :
          List.of(
              Fault.CUT_BEFORE,
              Fault.CUT_AFTER,
              Fault.THROTTLE,
              Fault.SERVER_ERROR,
              Fault.DELAY,
              Fault.HANG)) {
        rig.bot.mischief().rate(fault, 0.06);
      }
      rig.peopleWrite(Duration.ofMillis(150));
      pass(1500);
      rig.bot.away();
      pass(1000);
      rig.bot.back();
      pass(1500);
      rig.peersBehave();
      conclude(rig, hub, "bot");
    }
  }

  /** 202, and the actions later, of each conversation at another time. */
  @Test
  void answersThatComeOutOfOrderAreEachHeardOnce() {
    try (ExecutorService later = Executors.newVirtualThreadPerTaskExecutor();
        Storage storage = Storage.chosen(folder);
        Rig rig = new Rig(folder, storage);
        HubProcess hub = rig.serve()) {
      Random random = new Random(rig.seed);
      rig.bot.deferTo(
          turn -> {
            int pause = 50 + random.nextInt(500);
            later.execute(
                () -> {
                  pass(pause);
                  act(rig, turn, 1);
                });
          });
      rig.peopleWrite(Duration.ofMillis(150));
      pass(3000);
      conclude(rig, hub, "bot, answers out of order");
    }
  }

  /** The bot's actions are there before the hub has seen its 202. */
  @Test
  void anAnswerMayOvertakeItsOwn202() {
    try (Storage storage = Storage.chosen(folder);
        Rig rig = new Rig(folder, storage);
        HubProcess hub = rig.serve()) {
      rig.bot.deferTo(turn -> act(rig, turn, 1));
      rig.peopleWrite(Duration.ofMillis(150));
      pass(2000);
      conclude(rig, hub, "bot, answers before its 202");
    }
  }

  /** A bot that did not hear the hub's yes posts its actions once more, with the same key. */
  @Test
  void R11_actionsThatComeTwiceWithTheirKeyAreCarriedOutOnce() {
    try (ExecutorService later = Executors.newVirtualThreadPerTaskExecutor();
        Storage storage = Storage.chosen(folder);
        Rig rig = new Rig(folder, storage);
        HubProcess hub = rig.serve()) {
      String api = send(HttpRequest.newBuilder(rig.hubUrl().resolve("/openapi.yaml")));
      assumeTrue(
          Pattern.compile("/actions:.*Idempotency-Key", Pattern.DOTALL).matcher(api).find(),
          "the API takes no Idempotency-Key with actions yet");
      rig.bot.deferTo(
          turn ->
              later.execute(
                  () -> {
                    pass(100);
                    act(rig, turn, 2);
                  }));
      rig.peopleWrite(Duration.ofMillis(150));
      pass(2000);
      conclude(rig, hub, "bot, answers twice");
    }
  }

  private static void conclude(Rig rig, HubProcess hub, String scenario) {
    Verdict verdict = rig.conclude(scenario, hub, 1, Set.of());
    assertThat(verdict.findings()).as("seed %d", rig.seed).isEmpty();
    assertThat(rig.scribe.contradictions()).as("seed %d", rig.seed).isEmpty();
    assertThat(verdict.uncertain()).as("uncertain, seed %d", rig.seed).isZero();
    assertThat(verdict.accepted()).isGreaterThan(10);
  }

  /** Posts the actions of a turn, so many times. */
  private void act(Rig rig, JsonNode turn, int times) {
    String conversation = turn.at("/conversation/id").asText();
    ObjectNode body = HubJson.mapper().createObjectNode();
    body.put("epoch", turn.get("epoch").asLong());
    body.set("actions", BotSimulator.reply(Wording.answer(turn)));
    for (int i = 0; i < times; i++) {
      String unused =
          send(
              HttpRequest.newBuilder(
                      rig.hubUrl().resolve("/api/v1/conversations/" + conversation + "/actions"))
                  .header("Authorization", "Bearer key-of-the-bot")
                  .header("Idempotency-Key", turn.get("id").asText())
                  .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }
  }

  private String send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static void pass(long millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }
}
