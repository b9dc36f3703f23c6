package io.omnihub.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.model.Action;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Failure.Code;
import io.omnihub.api.model.TurnResult;
import io.omnihub.testkit.Await;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may speak: one owner at any time. */
@Tag("store")
final class ControlTest {
  @TempDir Path folder;

  @Test
  void actionsThatComeBeforeTheBackendSaysThatTheyWillEndTheTurn() {
    try (TestHub hub = TestHub.start(folder)) {
      hub.bot.thinks(
          turn -> {
            String words = MemoryBot.words(turn.messages());
            hub.call(
                "POST",
                "/conversations/" + turn.conversation().id() + "/actions",
                "{\"type\":\"reply\",\"parts\":[{\"type\":\"text\",\"text\":\"heard: "
                    + words
                    + "\"}]}",
                "key-of-bot");
            return new TurnResult.Deferred();
          });
      hub.chat.deliver(
          "chat", TestHub.message("ann", "1", "one"), TestHub.message("ann", "2", "two"));
      assertThat(hub.gets("ann", 2)).containsExactly("heard: one", "heard: two");
      hub.writes("ann", "3", "three");
      assertThat(hub.gets("ann", 3)).last().isEqualTo("heard: three");
    }
  }

  @Test
  void aBotAnswersAndTheCustomerHasToAct() {
    try (TestHub hub = TestHub.start(folder)) {
      hub.writes("ann", "1", "hello");
      assertThat(hub.gets("ann", 1)).containsExactly("echo: hello");
      var conversation =
          hub.awaitConversation("ann", "waiting", c -> c.get("status").asText().equals("waiting"));
      assertThat(conversation.get("handler").get("kind").asText()).isEqualTo("backend");
      assertThat(conversation.get("firstResponseAt").isNull()).isFalse();
    }
  }

  @Test
  void R47_aLateBotAnswerAfterHandoffIsRejected() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch mayAnswer = new CountDownLatch(1);
    try (TestHub hub = TestHub.start(folder)) {
      hub.bot.thinks(
          turn -> {
            asked.countDown();
            await(mayAnswer);
            return MemoryBot.echo(turn);
          });
      hub.writes("ann", "1", "hello");
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      String id = hub.conversationOf("ann").get("id").asText();
      long epoch = hub.conversationOf("ann").get("epoch").asLong();

      assertThat(
              hub.call(
                      "POST",
                      "/conversations/" + id + "/actions",
                      "{\"type\":\"assign\",\"agent\":\"me\"}",
                      "key-of-mary")
                  .status())
          .isEqualTo(200);
      mayAnswer.countDown();
      Await.until(
          "the audit of the late answer",
          () -> hub.get("/conversations/" + id + "/audit").body().contains("late-answer"));
      assertThat(hub.chat.sent()).isEmpty();

      String late =
          "{\"epoch\":"
              + epoch
              + ",\"actions\":[{\"type\":\"reply\",\"parts\":[{\"type\":\"text\",\"text\":\"late\"}]}]}";
      TestHub.Answer answer =
          hub.call("POST", "/conversations/" + id + "/actions", late, "key-of-bot");
      assertThat(answer.status()).isEqualTo(409);
      assertThat(answer.json().get("type").asText()).isEqualTo("urn:omnihub:problem:stale-control");
      assertThat(answer.json().get("epoch").asLong()).isGreaterThan(epoch);
      assertThat(hub.chat.sent()).isEmpty();
    }
  }

  @Test
  void R48_onHandBackTheBotGetsTheHumanPart() {
    try (TestHub hub = TestHub.start(folder)) {
      hub.bot.thinks(
          turn ->
              new TurnResult.Answered(
                  List.of(new Action.Handoff("care", "asked", "wants a person"))));
      hub.writes("ann", "1", "a person please");
      String id =
          hub.awaitConversation("ann", "queue", c -> c.get("queue").asText().equals("care"))
              .get("id")
              .asText();
      hub.call(
          "POST",
          "/conversations/" + id + "/messages",
          "{\"parts\":[{\"type\":\"text\",\"text\":\"I am Mary\"}]}",
          "key-of-mary");
      hub.gets("ann", 1);
      hub.writes("ann", "2", "thanks Mary");
      Await.until("the customer's answer", () -> hub.said(id).contains("contact: thanks Mary"));
      hub.bot.thinks(MemoryBot::echo);

      hub.call(
          "POST",
          "/conversations/" + id + "/actions",
          "{\"type\":\"handoff\",\"to\":\"bot\"}",
          "key-of-mary");
      assertThat(hub.gets("ann", 2)).last().isEqualTo("echo: thanks Mary");
      var turn = hub.bot.turns().getLast();
      assertThat(MemoryBot.words(turn.history())).contains("a person please", "I am Mary");
      assertThat(turn.conversation().attributes().get("handoff").toString()).contains("mary");
    }
  }

  @Test
  void anAgentsQueueTakeReplyNoteHandBackAndClose() {
    try (TestHub hub = TestHub.start(folder)) {
      hub.bot.thinks(
          turn ->
              new TurnResult.Answered(
                  List.of(new Action.Handoff("", "low-confidence", "top: none"))));
      hub.writes("ann", "1", "complicated");
      var queued =
          hub.awaitConversation(
              "ann", "queue", c -> c.get("handler").get("kind").asText().equals("queue"));
      String id = queued.get("id").asText();
      assertThat(queued.get("queue").asText()).isEqualTo("sales");
      assertThat(queued.get("status").asText()).isEqualTo("open");
      assertThat(queued.get("unread").asInt()).isPositive();
      assertThat(hub.said(id)).contains("bot: low-confidence\ntop: none");
      assertThat(
              hub.call("GET", "/conversations?handler=sales", "", "key-of-mary")
                  .json()
                  .get("items"))
          .hasSize(1);

      hub.call(
          "POST",
          "/conversations/" + id + "/actions",
          "{\"type\":\"assign\",\"agent\":\"me\"}",
          "key-of-mary");
      assertThat(hub.call("GET", "/conversations/" + id, "", "key-of-bob").status()).isEqualTo(403);
      assertThat(
              hub.call(
                      "POST",
                      "/conversations/" + id + "/notes",
                      "{\"text\":\"careful\"}",
                      "key-of-mary")
                  .status())
          .isEqualTo(201);
      hub.call(
          "POST",
          "/conversations/" + id + "/messages",
          "{\"parts\":[{\"type\":\"text\",\"text\":\"done\"}]}",
          "key-of-mary");
      assertThat(hub.gets("ann", 1)).containsExactly("done");
      hub.call(
          "POST",
          "/conversations/" + id + "/actions",
          "{\"type\":\"close\",\"reason\":\"solved\"}",
          "key-of-mary");
      assertThat(hub.get("/conversations/" + id).json().get("status").asText()).isEqualTo("closed");

      hub.bot.thinks(MemoryBot::echo);
      hub.writes("ann", "2", "again");
      hub.gets("ann", 2);
      assertThat(hub.conversationOf("ann").get("id").asText())
          .as("a new conversation")
          .isNotEqualTo(id);
    }
  }

  @Test
  void R51_aBackendThatIsDownHandsOnWithTheReason() {
    try (TestHub hub = TestHub.start(folder, "settle: 0ms, patience: 0ms")) {
      hub.bot.thinks(turn -> new TurnResult.Failed(Failure.of(Code.TIMEOUT, "no answer")));
      hub.writes("ann", "1", "hello");
      var conversation =
          hub.awaitConversation("ann", "the desk", c -> c.get("queue").asText().equals("sales"));
      assertThat(conversation.get("attributes").get("handoff").get("reason").asText())
          .isEqualTo("backend-failed");
      assertThat(hub.said(conversation.get("id").asText())).first().isEqualTo("contact: hello");
    }
  }

  @Test
  void aFailingTurnIsTriedAgainWithTheSameIdAndMessages() {
    try (TestHub hub = TestHub.start(folder)) {
      hub.bot.thinks(
          turn ->
              hub.bot.turns().size() < 3
                  ? new TurnResult.Failed(Failure.of(Code.TRANSIENT, "HTTP 500"))
                  : MemoryBot.echo(turn));
      hub.writes("ann", "1", "hello");
      assertThat(hub.gets("ann", 1)).containsExactly("echo: hello");
      assertThat(hub.bot.turns())
          .hasSize(3)
          .extracting(turn -> turn.id())
          .containsOnly(hub.bot.turns().getFirst().id());
    }
  }

  @Test
  void rubbishFromABackendNeitherSendsHalfNorLosesTheMessage() {
    try (TestHub hub = TestHub.start(folder, "settle: 0ms, patience: 0ms")) {
      hub.bot.thinks(
          turn ->
              new TurnResult.Answered(
                  List.of(Action.Reply.text("half"), new Action.Handoff("nowhere", "", ""))));
      hub.writes("ann", "1", "hello");
      hub.awaitConversation("ann", "the desk", c -> c.get("queue").asText().equals("sales"));
      assertThat(hub.chat.sent()).isEmpty();
    }
  }

  @Test
  void R50_burstsAreJoinedBeforeTheBot() {
    try (TestHub hub = TestHub.start(folder, "settle: 400ms")) {
      for (int i = 1; i <= 4; i++) {
        hub.writes("ann", Integer.toString(i), "part " + i);
      }
      assertThat(hub.gets("ann", 1).getFirst())
          .isEqualTo("echo: part 1 | part 2 | part 3 | part 4");
      assertThat(hub.bot.turns()).hasSize(1);
    }
  }

  @Test
  void R50_aMessageDuringTheTurnWaitsForTheNext() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch mayAnswer = new CountDownLatch(1);
    try (TestHub hub = TestHub.start(folder)) {
      hub.bot.thinks(
          turn -> {
            asked.countDown();
            await(mayAnswer);
            return MemoryBot.echo(turn);
          });
      hub.writes("ann", "1", "one");
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      hub.writes("ann", "2", "two");
      hub.writes("ann", "3", "three");
      Await.until(
          "all to be stored",
          () -> hub.messages(hub.conversationOf("ann").get("id").asText()).size() == 3);
      mayAnswer.countDown();
      assertThat(hub.gets("ann", 2)).containsExactly("echo: one", "echo: two | three");
    }
  }

  @Test
  void aBackendMayAnswerLater() {
    try (TestHub hub = TestHub.start(folder)) {
      hub.bot.thinks(turn -> new TurnResult.Deferred());
      hub.writes("ann", "1", "hello");
      Await.until("the turn", () -> hub.bot.turns().size() == 1);
      var turn = hub.bot.turns().getFirst();
      String body =
          "{\"epoch\":"
              + turn.epoch()
              + ",\"actions\":[{\"type\":\"reply\",\"parts\":[{\"type\":\"text\",\"text\":\"later\"}]},{\"type\":\"tag\",\"add\":[\"slow\"]}]}";
      TestHub.Answer answer =
          hub.call(
              "POST",
              "/conversations/" + turn.conversation().id() + "/actions",
              body,
              "key-of-bot");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(hub.gets("ann", 1)).containsExactly("later");
      assertThat(hub.conversationOf("ann").get("tags").get(0).asText()).isEqualTo("slow");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
