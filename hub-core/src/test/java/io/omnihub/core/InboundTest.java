package io.omnihub.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.omnihub.api.connector.MediaStore;
import io.omnihub.api.model.Action;
import io.omnihub.api.model.DeliveryStatus;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Failure.Code;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.InboundEvent.MessageReceived;
import io.omnihub.api.model.InboundEvent.ReceiptReceived;
import io.omnihub.api.model.InboundEvent.Unreadable;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.SendOutcome;
import io.omnihub.api.model.Sender;
import io.omnihub.api.model.Threading;
import io.omnihub.api.model.TurnResult;
import io.omnihub.testkit.Await;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of what customers write. */
@Tag("store")
final class InboundTest {
  @TempDir Path folder;

  @Test
  void R09_everyEventOfARequestIsHandledInItsOrder() {
    try (TestHub hub = TestHub.start(folder)) {
      InboundEvent[] events =
          IntStream.range(0, 60)
              .mapToObj(i -> TestHub.message("person" + i % 3, "" + i, "words " + i))
              .toArray(InboundEvent[]::new);
      assertThat(hub.chat.deliver("chat", events).accepted()).isEqualTo(60);
      assertThat(hub.chat.deliver("chat", events).duplicates()).isEqualTo(60);
      for (int person = 0; person < 3; person++) {
        int first = person;
        String id = hub.conversationOf("person" + person).get("id").asText();
        assertThat(inbound(hub, id))
            .isEqualTo(IntStream.range(0, 20).mapToObj(i -> "words " + (first + 3 * i)).toList());
      }
    }
  }

  @Test
  void R05_twoFirstMessagesMakeOnePerson() throws InterruptedException {
    try (TestHub hub = TestHub.start(folder);
        ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch start = new CountDownLatch(1);
      for (int i = 0; i < 50; i++) {
        String id = Integer.toString(i);
        people.execute(
            () -> {
              await(start);
              hub.writes("ann", id, "first " + id);
            });
      }
      start.countDown();
      people.shutdown();
      assertThat(people.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
      String id = hub.conversationOf("ann").get("id").asText();
      Await.until("all to be stored", () -> inbound(hub, id).size() == 50);
      assertThat(hub.get("/contacts").json().get("items")).hasSize(1);
      assertThat(hub.get("/conversations").json().get("items")).hasSize(1);
    }
  }

  @Test
  void R06_aReplayAfterARestartMakesNoDuplicates() {
    MessageReceived message = TestHub.message("ann", "1", "hello");
    try (TestHub hub = TestHub.start(folder)) {
      assertThat(hub.chat.deliver("chat", message).accepted()).isEqualTo(1);
      hub.gets("ann", 1);
      assertThat(hub.chat.deliver("chat", message).duplicates()).isEqualTo(1);
    }
    try (TestHub hub = TestHub.start(folder)) {
      assertThat(hub.chat.deliver("chat", message).duplicates()).isEqualTo(1);
      String id = hub.conversationOf("ann").get("id").asText();
      assertThat(hub.messages(id)).hasSize(2);
      assertThat(hub.bot.turns()).isEmpty();
    }
  }

  @Test
  void R03_theSameMessageIdOnTwoAccountsIsTwoMessages() {
    MessageReceived message = TestHub.message("ann", "1", "hello");
    try (TestHub hub = TestHub.start(folder)) {
      assertThat(hub.chat.deliver("chat", message).accepted()).isEqualTo(1);
      assertThat(hub.chat.deliver("chat2", message).accepted()).isEqualTo(1);
    }
  }

  @Test
  void R07_orderIsKeptOnInputAndOnOutput() {
    try (TestHub hub = TestHub.start(folder)) {
      Random random = new Random(7);
      hub.bot.thinks(
          turn -> {
            LockSupport.parkNanos(random.nextInt(3_000_000));
            return MemoryBot.echo(turn);
          });
      hub.chat.answerWith(
          message -> {
            LockSupport.parkNanos(random.nextInt(2_000_000));
            return SendOutcome.Accepted.as("p" + message.key());
          });
      List<String> written = IntStream.range(0, 100).mapToObj(i -> "n" + i).toList();
      written.forEach(words -> hub.writes("ann", words, words));
      Await.until("all answers", () -> String.join(" ", hub.got("ann")).endsWith("n99"));
      List<String> answered =
          Pattern.compile("n\\d+")
              .matcher(String.join(" ", hub.got("ann")))
              .results()
              .map(MatchResult::group)
              .toList();
      assertThat(answered).isEqualTo(written);
      assertThat(inbound(hub, hub.conversationOf("ann").get("id").asText())).isEqualTo(written);
    }
  }

  @Test
  void R07_aSlowConversationHoldsUpNoOther() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    try (TestHub hub = TestHub.start(folder)) {
      hub.bot.thinks(
          turn -> {
            if (MemoryBot.words(turn.messages()).equals("stuck")) {
              await(never);
            }
            return MemoryBot.echo(turn);
          });
      hub.writes("ann", "1", "stuck");
      hub.writes("bob", "1", "quick");
      assertThat(hub.gets("bob", 1)).containsExactly("echo: quick");
      never.countDown();
      hub.gets("ann", 1);
    }
  }

  @Test
  void R08_aSlowAttachmentLetsNoTextOvertakeIt() throws InterruptedException {
    CountDownLatch fetched = new CountDownLatch(1);
    try (TestHub hub = TestHub.start(folder)) {
      hub.chat.mediaWith(
          reference -> {
            await(fetched);
            byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
            return new MediaStore.Content(
                new ByteArrayInputStream(png), "a.png", "image/png", png.length);
          });
      Part picture = new Part.Media(Part.MediaKind.IMAGE, "fetch:file-1", "", 0, "", "look");
      hub.chat.deliver(
          "chat",
          MessageReceived.of(
              "ann/1", Sender.of(Identity.of("chat", "ann")), Instant.now(), List.of(picture)));
      hub.writes("ann", "2", "and this");
      hub.writes("bob", "1", "not held up");
      assertThat(hub.gets("bob", 1)).hasSize(1);
      assertThat(hub.bot.turns()).hasSize(1);
      fetched.countDown();
      String id = hub.conversationOf("ann").get("id").asText();
      Await.until("both", () -> inbound(hub, id).size() == 2);
      JsonNode first = hub.messages(id).get(0).get("parts").get(0);
      assertThat(first.get("type").asText()).isEqualTo("media");
      assertThat(first.get("mediaType").asText()).isEqualTo("image/png");
      assertThat(
              hub.call("GET", first.get("url").asText().replace("/api/v1", ""), "", TestHub.ADMIN)
                  .status())
          .isEqualTo(200);
    }
  }

  @Test
  void anAttachmentThatCannotBeHadIsShownAsMissing() {
    try (TestHub hub = TestHub.start(folder)) {
      Part picture = new Part.Media(Part.MediaKind.IMAGE, "fetch:gone", "", 0, "cat.jpg", "my cat");
      hub.chat.deliver(
          "chat",
          MessageReceived.of(
              "ann/1", Sender.of(Identity.of("chat", "ann")), Instant.now(), List.of(picture)));
      String id = hub.conversationOf("ann").get("id").asText();
      JsonNode part = hub.messages(id).get(0).get("parts").get(0);
      assertThat(part.get("type").asText()).isEqualTo("unsupported");
      assertThat(part.get("raw").get("reason").asText()).isEqualTo("media-unavailable");
      assertThat(part.get("raw").get("caption").asText()).isEqualTo("my cat");
    }
  }

  @Test
  void R33_aThreadIsFoundByTokenThenByReferenceAndNeverBySubject() {
    try (TestHub hub = TestHub.start(folder)) {
      hub.mail.deliver("mail", mail("ann", "m1", new Threading("", "Order 7", "", List.of())));
      Await.until("the answer", () -> hub.mail.sent().size() == 1);
      String first = hub.mail.sent().getFirst().conversationId();
      String answer = "out-1";

      hub.mail.deliver(
          "mail", mail("ann", "m2", new Threading("", "Re: Order 7", "", List.of(answer))));
      hub.mail.deliver(
          "mail", mail("carl", "m3", new Threading("", "other", first, List.of("unknown"))));
      hub.mail.deliver("mail", mail("eve", "m4", new Threading("", "Re: Order 7", "", List.of())));
      hub.mail.deliver("mail", mail("ann", "m5", new Threading("", "Order 7", "", List.of())));
      Await.until("all", () -> hub.get("/messages?account=mail").json().get("items").size() >= 5);
      assertThat(conversationOfMail(hub, "m1")).isEqualTo(first);
      assertThat(conversationOfMail(hub, "m2")).as("by reference to our answer").isEqualTo(first);
      assertThat(conversationOfMail(hub, "m3")).as("by signed token").isEqualTo(first);
      assertThat(conversationOfMail(hub, "m4")).as("a guessed subject").isNotEqualTo(first);
      assertThat(conversationOfMail(hub, "m5")).as("a new thread").isNotEqualTo(first);
    }
  }

  @Test
  void R34_automaticMailReachesNoBotAndReopensNothing() {
    try (TestHub hub = TestHub.start(folder)) {
      hub.mail.deliver("mail", mail("ann", "m1", new Threading("", "hi", "", List.of())));
      Await.until("the answer", () -> hub.mail.sent().size() == 1);
      String id = hub.mail.sent().getFirst().conversationId();
      hub.post("/conversations/" + id + "/actions", "{\"type\":\"close\"}");

      hub.mail.deliver("mail", automatic("ann", "m2", new Threading("", "Re: hi", id, List.of())));
      hub.mail.deliver(
          "mail", automatic("news", "m3", new Threading("", "Newsletter", "", List.of())));
      Await.until("both", () -> hub.get("/messages?account=mail").json().get("items").size() == 4);
      assertThat(conversationOfMail(hub, "m2")).isEqualTo(id);
      assertThat(hub.get("/conversations/" + id).json().get("status").asText()).isEqualTo("closed");
      assertThat(
              hub.get("/conversations/" + conversationOfMail(hub, "m3"))
                  .json()
                  .get("status")
                  .asText())
          .isEqualTo("closed");
      assertThat(hub.bot.turns()).hasSize(1);
      assertThat(hub.mail.sent()).hasSize(1);
    }
  }

  @Test
  void R37_aBounceIsTheFailureOfTheRightMessage() {
    try (TestHub hub = TestHub.start(folder)) {
      hub.mail.deliver("mail", mail("ann", "m1", Threading.NONE));
      hub.mail.deliver("mail", mail("bob", "m2", Threading.NONE));
      Await.until("both answers", () -> hub.mail.sent().size() == 2);
      Await.until(
          "both sent",
          () -> hub.get("/messages?account=mail&status=sent").json().get("items").size() == 2);
      hub.mail.deliver(
          "mail",
          new ReceiptReceived(
              "bounce/1",
              Identity.of("email", "bob"),
              List.of("never-seen", "out-2"),
              DeliveryStatus.FAILED,
              Instant.now(),
              Failure.of(Code.RECIPIENT_INVALID, "5.1.1")));
      Await.until(
          "failed", () -> hub.get("/messages?status=failed").json().get("items").size() == 1);
      JsonNode failed = hub.get("/messages?status=failed").json().get("items").get(0);
      assertThat(failed.get("providerId").asText()).isEqualTo("out-2");
      assertThat(failed.get("failure").get("code").asText()).isEqualTo("recipient-invalid");
      assertThat(hub.get("/conversations").json().get("items")).hasSize(2);
    }
  }

  @Test
  void aNumberAnswersChoicesThatTheChannelCannotShow() {
    try (TestHub hub = TestHub.start(folder)) {
      Part choices =
          new Part.Choices(
              "Size?",
              Part.Style.BUTTONS,
              List.of(Part.Option.of("s", "Small"), Part.Option.of("l", "Large")));
      hub.bot.thinks(
          turn -> new TurnResult.Answered(List.of(new Action.Reply(List.of(choices), ""))));
      hub.writes("ann", "1", "a shirt");
      assertThat(hub.gets("ann", 1)).containsExactly("Size?\n1. Small\n2. Large");
      hub.bot.thinks(MemoryBot::echo);
      hub.writes("ann", "2", "2");
      Await.until("the turn", () -> hub.bot.turns().size() == 2);
      assertThat(hub.bot.turns().getLast().messages().getFirst().parts())
          .containsExactly(new Part.Choice("l", "Large"));
    }
  }

  @Test
  void whatAConnectorDoesNotKnowIsKeptAndWhatItCannotReadIsSetAside() {
    try (TestHub hub = TestHub.start(folder)) {
      Identity ann = Identity.of("chat", "ann");
      hub.chat.deliver(
          "chat",
          MessageReceived.of(
              "ann/1",
              Sender.of(ann),
              Instant.now(),
              List.of(new Part.Unsupported("poll", TextNode.valueOf("raw")))),
          new Unreadable("unreadable/1", ann, Instant.now(), "no boundary"));
      String id = hub.conversationOf("ann").get("id").asText();
      assertThat(hub.messages(id).get(0).get("parts").get(0).get("raw").asText()).isEqualTo("raw");
      Await.until(
          "the dead letter", () -> hub.get("/dead-letters").json().get("items").size() == 1);
      JsonNode letter = hub.get("/dead-letters").json().get("items").get(0);
      assertThat(letter.get("reason").asText()).isEqualTo("no boundary");
      String path = "/dead-letters/" + letter.get("id").asText();
      assertThat(hub.post(path + "/discard", "").status()).isEqualTo(204);
      assertThat(hub.post(path + "/discard", "").status()).isEqualTo(404);
      assertThat(hub.get("/dead-letters").json().get("items")).isEmpty();
    }
  }

  @Test
  void takenBackAndEditedMessagesKeepTheirPlace() {
    try (TestHub hub = TestHub.start(folder)) {
      Identity ann = Identity.of("chat", "ann");
      hub.writes("ann", "1", "one");
      hub.writes("ann", "2", "two");
      hub.chat.deliver(
          "chat",
          new InboundEvent.MessageEdited(
              "edit/1", ann, "ann/1", Instant.now(), List.of(Part.Text.plain("eins"))),
          new InboundEvent.MessageDeleted("delete/2", ann, "ann/2", Instant.now()),
          new InboundEvent.MessageEdited(
              "edit/9",
              ann,
              "ann/9",
              Instant.now(),
              List.of(Part.Text.plain("never seen before"))));
      String id = hub.conversationOf("ann").get("id").asText();
      Await.until("all", () -> inbound(hub, id).size() == 3);
      assertThat(inbound(hub, id)).containsExactly("eins", "two", "never seen before");
      Await.until("deleted", () -> !find(hub, id, "two").get("deletedAt").isNull());
    }
  }

  private static JsonNode find(TestHub hub, String conversation, String words) {
    for (JsonNode message : hub.messages(conversation)) {
      if (message.get("parts").get(0).path("text").asText().equals(words)) {
        return message;
      }
    }
    throw new AssertionError("no message " + words);
  }

  private static List<String> inbound(TestHub hub, String conversation) {
    List<String> said = new ArrayList<>();
    hub.messages(conversation)
        .forEach(
            message -> {
              if (message.get("direction").asText().equals("inbound")) {
                said.add(message.get("parts").get(0).path("text").asText());
              }
            });
    return said;
  }

  private static String conversationOfMail(TestHub hub, String providerId) {
    for (JsonNode message : hub.get("/messages?account=mail&limit=200").json().get("items")) {
      if (message.path("providerId").asText().equals(providerId)) {
        return message.get("conversationId").asText();
      }
    }
    throw new AssertionError("no mail " + providerId);
  }

  private static MessageReceived mail(String who, String id, Threading threading) {
    return new MessageReceived(
        "message/" + id,
        id,
        Sender.of(Identity.of("email", who)),
        who,
        threading,
        Instant.now(),
        List.of(Part.Text.plain("words of " + id)),
        "",
        false,
        Map.of());
  }

  private static MessageReceived automatic(String who, String id, Threading threading) {
    return new MessageReceived(
        "message/" + id,
        id,
        Sender.of(Identity.of("email", who)),
        who,
        threading,
        Instant.now(),
        List.of(Part.Text.plain("I am away")),
        "",
        true,
        Map.of());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
