package io.omnihub.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.model.Action;
import io.omnihub.api.model.DeliveryStatus;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Failure.Code;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.InboundEvent.MessageEchoed;
import io.omnihub.api.model.InboundEvent.ReceiptReceived;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.SendOutcome;
import io.omnihub.api.model.Threading;
import io.omnihub.api.model.TurnResult;
import io.omnihub.core.store.TestStores;
import io.omnihub.testkit.Await;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of what the hub sends. */
@Tag("store")
final class DeliveryTest {
  private static final Identity ANN = Identity.of("chat", "ann");

  @TempDir Path folder;

  @Test
  void R10_receiptsMoveOnlyForwardWhateverTheirOrder() {
    List<DeliveryStatus> kinds =
        List.of(DeliveryStatus.SENT, DeliveryStatus.DELIVERED, DeliveryStatus.READ);
    try (TestHub hub = TestHub.start(folder)) {
      AtomicInteger run = new AtomicInteger();
      hub.chat.answerWith(
          message -> {
            int number = run.incrementAndGet();
            List<DeliveryStatus> order = permutation(kinds, number % 6);
            int before = number % 4;
            order.subList(0, before).forEach(status -> receipt(hub, "p" + number, status));
            return SendOutcome.Accepted.as("p" + number);
          });
      for (int i = 1; i <= 24; i++) {
        hub.writes("ann", Integer.toString(i), "m" + i);
        hub.gets("ann", i);
        int number = i;
        Await.until(
            "message to be accepted",
            () ->
                outbound(hub).size() == number
                    && !outbound(hub).get(number - 1).get("status").asText().equals("queued"));
        permutation(kinds, i % 6)
            .subList(i % 4, 3)
            .forEach(status -> receipt(hub, "p" + number, status));
      }
      Await.until(
          "all to be read",
          () -> outbound(hub).stream().allMatch(m -> m.get("status").asText().equals("read")));
    }
  }

  private static void receipt(TestHub hub, String id, DeliveryStatus status) {
    hub.chat.deliver(
        "chat",
        new ReceiptReceived(
            "receipt/" + id + "/" + status, ANN, List.of(id), status, Instant.now(), null));
  }

  private static List<DeliveryStatus> permutation(List<DeliveryStatus> items, int index) {
    List<DeliveryStatus> left = new ArrayList<>(items);
    List<DeliveryStatus> order = new ArrayList<>();
    order.add(left.remove(index / 2));
    order.add(left.remove(index % 2));
    order.add(left.getFirst());
    return order;
  }

  private static List<JsonNode> outbound(TestHub hub) {
    List<JsonNode> found = new ArrayList<>();
    hub.messages(hub.conversationOf("ann").get("id").asText())
        .forEach(
            m -> {
              if (m.get("direction").asText().equals("outbound")) {
                found.add(m);
              }
            });
    return found;
  }

  private static JsonNode only(TestHub hub) {
    return outbound(hub).getFirst();
  }

  @Test
  void R12_anUnknownOutcomeIsNeverBlindlyRepeated() {
    try (TestHub hub = TestHub.start(folder)) {
      hub.chat.answerWith(m -> new SendOutcome.Unknown(Failure.of(Code.UNKNOWN_OUTCOME, "cut")));
      hub.writes("ann", "1", "hello");
      Await.until(
          "uncertain",
          () ->
              hub.conversationOf("ann")
                  .get("lastMessage")
                  .get("status")
                  .asText()
                  .equals("uncertain"));
      String id = only(hub).get("id").asText();
      assertThat(hub.get("/messages?status=uncertain").json().get("items")).hasSize(1);
      assertThat(hub.chat.sent()).hasSize(1);

      hub.chat.answerWith(m -> SendOutcome.Accepted.as("p1"));
      assertThat(hub.post("/messages/" + id + "/resend", "").status()).isEqualTo(200);
      Await.until("sent", () -> only(hub).get("status").asText().equals("sent"));
      assertThat(hub.chat.sent())
          .hasSize(2)
          .extracting(m -> m.key())
          .containsOnly(hub.chat.sent().getFirst().key());
      assertThat(hub.post("/messages/" + id + "/resend", "").status()).isEqualTo(409);
    }
  }

  @Test
  void anUncertainMessageIsSettledByAPerson() {
    try (TestHub hub = TestHub.start(folder)) {
      hub.chat.answerWith(m -> new SendOutcome.Unknown(Failure.of(Code.UNKNOWN_OUTCOME, "cut")));
      hub.writes("ann", "1", "hello");
      Await.until(
          "uncertain",
          () ->
              hub.conversationOf("ann")
                  .get("lastMessage")
                  .get("status")
                  .asText()
                  .equals("uncertain"));
      String id = only(hub).get("id").asText();
      assertThat(hub.post("/messages/" + id + "/settle", "{\"status\":\"maybe\"}").status())
          .isEqualTo(400);
      assertThat(
              hub.post("/messages/" + id + "/settle", "{\"status\":\"failed\"}")
                  .json()
                  .get("status")
                  .asText())
          .isEqualTo("failed");
      assertThat(hub.post("/messages/" + id + "/settle", "{\"status\":\"sent\"}").status())
          .isEqualTo(409);
    }
  }

  @Test
  void R13_whatWasNotSentIsTriedAgainAndWhatIsRefusedIsNot() {
    try (TestHub hub = TestHub.start(folder)) {
      hub.chat.answerWith(
          m ->
              hub.chat.sent().size() == 1
                  ? new SendOutcome.NotSent(Failure.of(Code.TRANSIENT, "refused connection"))
                  : SendOutcome.Accepted.as("p1"));
      hub.writes("ann", "1", "hello");
      Await.until(
          "sent",
          () -> hub.chat.sent().size() == 2 && only(hub).get("status").asText().equals("sent"));

      hub.chat.answerWith(
          m -> new SendOutcome.Refused(Failure.of(Code.RECIPIENT_BLOCKED, "blocked")));
      hub.writes("ann", "2", "again");
      Await.until(
          "failed",
          () ->
              outbound(hub).size() == 2
                  && outbound(hub).get(1).get("status").asText().equals("failed"));
      assertThat(outbound(hub).get(1).get("failure").get("code").asText())
          .isEqualTo("recipient-blocked");
      assertThat(hub.chat.sent()).hasSize(3);
    }
  }

  @Test
  void aThrottledSendWaitsAndNothingOvertakesIt() {
    try (TestHub hub = TestHub.start(folder)) {
      hub.chat.answerWith(
          m ->
              hub.chat.sent().size() == 1
                  ? new SendOutcome.Throttled(Instant.now().plusMillis(300))
                  : SendOutcome.Accepted.as("p" + hub.chat.sent().size()));
      hub.writes("ann", "1", "one");
      hub.gets("ann", 1);
      hub.writes("ann", "2", "two");
      assertThat(hub.gets("ann", 3)).containsExactly("echo: one", "echo: one", "echo: two");
    }
  }

  @Test
  void R14_ourOwnEchoIsRecognisedAndAForeignOneIsShown() throws InterruptedException {
    CountDownLatch sending = new CountDownLatch(1);
    CountDownLatch echoed = new CountDownLatch(1);
    try (TestHub hub = TestHub.start(folder)) {
      hub.chat.answerWith(
          m -> {
            sending.countDown();
            await(echoed);
            return SendOutcome.Accepted.as("p1");
          });
      hub.writes("ann", "1", "hello");
      assertThat(sending.await(10, TimeUnit.SECONDS)).isTrue();
      hub.chat.deliver("chat", echo("p1", "echo: hello"));
      echoed.countDown();
      Await.until("sent", () -> only(hub).get("status").asText().equals("sent"));
      hub.chat.deliver(
          "chat",
          new MessageEchoed(
              "echo/p1/again",
              "p1",
              ANN,
              "",
              Threading.NONE,
              Instant.now(),
              List.of(Part.Text.plain("echo: hello"))));

      hub.chat.deliver("chat", echo("p2", "typed on the phone"));
      Await.until("the foreign message", () -> outbound(hub).size() == 2);
      assertThat(outbound(hub).get(1).get("attributes").get("origin").asText())
          .isEqualTo("provider-app");
      assertThat(hub.bot.turns()).hasSize(1);
      assertThat(hub.chat.sent()).hasSize(1);
    }
  }

  private static MessageEchoed echo(String id, String words) {
    return new MessageEchoed(
        "echo/" + id, id, ANN, "", Threading.NONE, Instant.now(), List.of(Part.Text.plain(words)));
  }

  @Test
  void R17_oneMessageMayBeSeveralPiecesAndIsDeliveredWhenAllAre() {
    try (TestHub hub = TestHub.start(folder)) {
      hub.bot.thinks(
          turn -> new TurnResult.Answered(List.of(Action.Reply.text("word ".repeat(20).strip()))));
      hub.writes("ann", "1", "long please");
      Await.until(
          "all pieces",
          () -> hub.chat.sent().size() == 3 && only(hub).get("status").asText().equals("sent"));
      assertThat(hub.chat.sent())
          .extracting(m -> m.id())
          .containsOnly(hub.chat.sent().getFirst().id());
      assertThat(hub.chat.sent()).extracting(m -> m.key()).doesNotHaveDuplicates();
      receipt(hub, "out-3", DeliveryStatus.DELIVERED);
      receipt(hub, "out-1", DeliveryStatus.DELIVERED);
      assertThat(only(hub).get("status").asText()).isEqualTo("sent");
      receipt(hub, "out-2", DeliveryStatus.DELIVERED);
      Await.until("delivered", () -> only(hub).get("status").asText().equals("delivered"));
    }
  }

  @Test
  void R16_editsAndReactionsResolveAfterARestart() {
    try (TestHub hub = TestHub.start(folder)) {
      hub.writes("ann", "1", "helo");
      hub.gets("ann", 1);
      Await.until("sent", () -> only(hub).get("status").asText().equals("sent"));
    }
    try (TestHub hub = TestHub.start(folder)) {
      String id = hub.conversationOf("ann").get("id").asText();
      hub.chat.deliver(
          "chat",
          new InboundEvent.MessageEdited(
              "edit/1", ANN, "ann/1", Instant.now(), List.of(Part.Text.plain("hello"))),
          new InboundEvent.ReactionChanged(
              "reaction/1", ANN, "out-1", Instant.now(), List.of("👍")));
      Await.until(
          "both",
          () ->
              hub.said(id).getFirst().equals("contact: hello")
                  && only(hub).get("reactions").size() == 1);
      assertThat(hub.messages(id)).hasSize(2);
      assertThat(hub.messages(id).get(0).get("editedAt").isNull()).isFalse();
    }
  }

  @Test
  void aSendThatWasUnderWayWhenTheHubEndedIsUncertain() throws Exception {
    assumeFalse(TestStores.postgresql(), "copies the file of the database");
    CountDownLatch sending = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Path copy = folder.resolve("copy");
    try (TestHub hub = TestHub.start(folder)) {
      hub.chat.answerWith(
          m -> {
            sending.countDown();
            await(never);
            return SendOutcome.Accepted.as("p1");
          });
      hub.writes("ann", "1", "hello");
      assertThat(sending.await(10, TimeUnit.SECONDS)).isTrue();
      java.nio.file.Files.createDirectories(copy);
      for (String name : List.of("hub.db", "hub.db-wal")) {
        java.nio.file.Files.copy(folder.resolve(name), copy.resolve(name));
      }
      never.countDown();
    }
    try (TestHub hub = TestHub.start(copy)) {
      Await.until("uncertain", () -> only(hub).get("status").asText().equals("uncertain"));
      assertThat(hub.chat.sent()).isEmpty();
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
