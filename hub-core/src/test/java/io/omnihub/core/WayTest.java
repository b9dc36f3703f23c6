package io.omnihub.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.model.Action;
import io.omnihub.api.model.DeliveryStatus;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Failure.Code;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.InboundEvent.ReceiptReceived;
import io.omnihub.api.model.SendOutcome;
import io.omnihub.api.model.TurnResult;
import io.omnihub.testkit.Await;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When messages passed each stage, as the API tells it. */
@Tag("store")
final class WayTest {
  @TempDir Path folder;

  @Test
  void theWayOfAQuestionLeadsThroughItsTurnToTheReceiptsOfItsAnswers() {
    try (TestHub hub = TestHub.start(folder)) {
      hub.bot.thinks(
          turn ->
              new TurnResult.Answered(List.of(Action.Reply.text("one"), Action.Reply.text("two"))));
      hub.chat.answerWith(m -> SendOutcome.Accepted.as("p-" + TestHub.words(m.parts())));
      hub.writes("ann", "1", "hello");
      hub.gets("ann", 2);
      Await.until("both to be sent", () -> statuses(hub).equals(List.of("sent", "sent")));
      receipt(hub, DeliveryStatus.DELIVERED);
      receipt(hub, DeliveryStatus.READ);
      Await.until("the receipt", () -> statuses(hub).equals(List.of("read", "sent")));

      JsonNode question = messages(hub, "inbound").getFirst();
      List<String> answers = messages(hub, "outbound").stream().map(m -> id(m)).toList();
      JsonNode way = hub.get("/messages/" + id(question) + "/way").json();
      assertThat(way.get("messageId").asText()).isEqualTo(id(question));
      assertThat(stages(way, ""))
          .containsExactlyInAnyOrder(
              "sent-by-customer", "received", "decided", "turn-began", "turn-ended");
      assertThat(stages(way, answers.get(0)))
          .containsExactly("send-began", "sent", "delivered", "read");
      assertThat(stages(way, answers.get(1))).containsExactly("send-began", "sent");
      assertThat(times(way)).isSorted();
      assertThat(stages(hub.get("/messages/" + answers.get(1) + "/way").json(), ""))
          .containsExactlyInAnyOrder("turn-began", "turn-ended", "decided", "send-began", "sent");
    }
  }

  @Test
  void aLaterQuestionHasTheTurnThatCoveredIt() {
    try (TestHub hub = TestHub.start(folder)) {
      hub.writes("ann", "1", "first");
      hub.gets("ann", 1);
      hub.writes("ann", "2", "second");
      hub.gets("ann", 2);
      Await.until("both to be sent", () -> statuses(hub).equals(List.of("sent", "sent")));
      for (int i = 0; i < 2; i++) {
        JsonNode way = hub.get("/messages/" + id(messages(hub, "inbound").get(i)) + "/way").json();
        assertThat(way.findValuesAsText("messageId").stream().skip(1).distinct())
            .containsExactly(id(messages(hub, "outbound").get(i)));
      }
    }
  }

  @Test
  void aRefusedAnswerHasFailed() {
    try (TestHub hub = TestHub.start(folder)) {
      hub.chat.answerWith(
          m -> new SendOutcome.Refused(Failure.of(Code.RECIPIENT_BLOCKED, "blocked")));
      hub.writes("ann", "1", "hello");
      Await.until("it to fail", () -> statuses(hub).equals(List.of("failed")));
      String answer = id(messages(hub, "outbound").getFirst());
      assertThat(stages(hub.get("/messages/" + answer + "/way").json(), ""))
          .contains("failed")
          .doesNotContain("sent");
      assertThat(hub.get("/messages/" + answer).json().get("status").asText()).isEqualTo("failed");
    }
  }

  @Test
  void whoMayNotSeeTheConversationSeesNoWay() {
    try (TestHub hub = TestHub.start(folder)) {
      hub.writes("ann", "1", "hello");
      hub.gets("ann", 1);
      String question = "/messages/" + id(messages(hub, "inbound").getFirst());
      String conversation = "/conversations/" + hub.conversationOf("ann").get("id").asText();
      String note = id(hub.post(conversation + "/notes", "{\"text\":\"ours\"}").json());
      for (String call : List.of(question, question + "/way")) {
        assertThat(hub.call("GET", call, "", "key-of-chat2").status()).isEqualTo(403);
        assertThat(hub.call("GET", call, "", "key-of-mary").status()).isEqualTo(200);
        assertThat(hub.call("GET", call, "", "key-of-bot").status()).isEqualTo(200);
      }
      hub.post(conversation + "/actions", "{\"type\":\"assign\",\"agent\":\"mary\"}");
      assertThat(hub.call("GET", question, "", "key-of-bob").status()).isEqualTo(403);
      assertThat(hub.get("/messages/nothing/way").status()).isEqualTo(404);
      assertThat(stages(hub.get("/messages/" + note + "/way").json(), ""))
          .containsExactly("decided");
    }
  }

  @Test
  void aPartnerSeesItsOwnMessagesAndNoNotes() {
    try (TestHub hub = TestHub.start(folder)) {
      hub.chat.deliver("chat2", TestHub.message("zoe", "1", "hello"));
      hub.gets("zoe", 1);
      String conversation = hub.conversationOf("zoe").get("id").asText();
      String note =
          id(hub.post("/conversations/" + conversation + "/notes", "{\"text\":\"ours\"}").json());
      String question = id(hub.messages(conversation).get(0));
      assertThat(hub.call("GET", "/messages/" + question + "/way", "", "key-of-chat2").status())
          .isEqualTo(200);
      assertThat(hub.call("GET", "/messages/" + note, "", "key-of-chat2").status()).isEqualTo(403);
    }
  }

  private static void receipt(TestHub hub, DeliveryStatus status) {
    hub.chat.deliver(
        "chat",
        new ReceiptReceived(
            "r/" + status,
            Identity.of("chat", "ann"),
            List.of("p-one"),
            status,
            Instant.now(),
            null));
  }

  private static String id(JsonNode message) {
    return message.get("id").asText();
  }

  private static List<JsonNode> messages(TestHub hub, String direction) {
    List<JsonNode> found = new ArrayList<>();
    hub.messages(hub.conversationOf("ann").get("id").asText())
        .forEach(
            m -> {
              if (m.get("direction").asText().equals(direction)) {
                found.add(m);
              }
            });
    return found;
  }

  private static List<String> statuses(TestHub hub) {
    return messages(hub, "outbound").stream().map(m -> m.get("status").asText()).toList();
  }

  private static List<String> stages(JsonNode way, String messageId) {
    List<String> found = new ArrayList<>();
    way.get("stages")
        .forEach(
            s -> {
              if (s.path("messageId").asText("").equals(messageId)) {
                found.add(s.get("stage").asText());
              }
            });
    return found;
  }

  private static List<Instant> times(JsonNode way) {
    return way.get("stages").findValuesAsText("at").stream().map(Instant::parse).toList();
  }
}
