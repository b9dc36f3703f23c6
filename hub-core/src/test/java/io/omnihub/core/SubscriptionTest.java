package io.omnihub.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.model.SendOutcome;
import io.omnihub.core.store.TestStores;
import io.omnihub.core.subscription.WebhookReceiver;
import io.omnihub.core.subscription.WebhookReceiver.Taken;
import io.omnihub.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Subscriptions through the API of a whole hub. */
@Tag("store")
final class SubscriptionTest {
  private static final String PARTNER = "key-of-chat2";

  @TempDir Path folder;

  private final WebhookReceiver receiver = new WebhookReceiver();

  @AfterEach
  void close() {
    receiver.close();
  }

  private String body(String more) {
    return "{\"url\":\"" + receiver.url() + "\"" + more + "}";
  }

  private JsonNode subscribe(TestHub hub, String more) {
    TestHub.Answer answer = hub.post("/subscriptions", body(more));
    assertThat(answer.status()).isEqualTo(201);
    return answer.json();
  }

  private static List<String> types(List<Taken> calls) {
    return calls.stream().map(Taken::type).toList();
  }

  @Test
  void whatHappensIsToldAndTheSecretIsShownOnce() {
    try (TestHub hub = TestHub.start(folder)) {
      JsonNode made = subscribe(hub, ",\"events\":[\"message.received\",\"message.sent\"]");
      String secret = made.get("secret").asText();
      hub.writes("ann", "1", "hello");
      List<Taken> taken = receiver.awaitTaken(2);
      assertThat(types(taken)).containsExactly("message.received", "message.sent");
      assertThat(taken).allMatch(call -> call.signedWith(secret));
      assertThat(taken.getFirst().json().at("/data/message/parts/0/text").asText())
          .isEqualTo("hello");

      TestHub.Answer list = hub.get("/subscriptions");
      assertThat(list.json().get("items")).hasSize(1);
      assertThat(list.json().at("/items/0/id")).isEqualTo(made.get("id"));
      assertThat(list.json().at("/items/0/createdBy").asText()).isEqualTo("admin");
      assertThat(list.json().at("/items/0/account").isNull()).isTrue();
      assertThat(list.body()).doesNotContain("whsec_").doesNotContain("secret");

      String path = "/subscriptions/" + made.get("id").asText();
      Await.until("the log", () -> hub.get(path + "/attempts").json().get("items").size() == 2);
      JsonNode attempt = hub.get(path + "/attempts?limit=1").json();
      assertThat(attempt.at("/items/0/type").asText()).isEqualTo("message.sent");
      assertThat(attempt.at("/items/0/status").asInt()).isEqualTo(204);
      assertThat(attempt.at("/items/0/outcome").asText()).isEqualTo("delivered");
      JsonNode older =
          hub.get(path + "/attempts?limit=1&cursor=" + attempt.get("next").asText()).json();
      assertThat(older.at("/items/0/type").asText()).isEqualTo("message.received");

      TestHub.Answer rotated = hub.post(path + "/rotate-secret", "{\"overlap\":\"0s\"}");
      assertThat(rotated.status()).isEqualTo(200);
      assertThat(rotated.json().get("secret").asText()).startsWith("whsec_").isNotEqualTo(secret);
      assertThat(hub.post(path + "/rotate-secret", "").status()).isEqualTo(200);

      TestHub.Answer replay = hub.post(path + "/replay", "{\"from\":\"2026-01-01T00:00:00Z\"}");
      assertThat(replay.status()).isEqualTo(202);
      assertThat(replay.json().get("events").asInt()).isEqualTo(2);
      assertThat(receiver.awaitTaken(4).subList(2, 4))
          .extracting(Taken::id)
          .isEqualTo(taken.stream().map(Taken::id).toList());

      assertThat(hub.call("DELETE", path, "", TestHub.ADMIN).status()).isEqualTo(204);
      assertThat(hub.call("DELETE", path, "", TestHub.ADMIN).status()).isEqualTo(404);
      assertThat(hub.get(path + "/attempts").status()).isEqualTo(404);
      hub.writes("ann", "2", "again");
      hub.gets("ann", 2);
      assertThat(receiver.calls()).hasSize(4);
    }
  }

  @Test
  void aPartnerHasThoseOfItsOwnAccountOnly() {
    try (TestHub hub = TestHub.start(folder)) {
      String all = subscribe(hub, "").get("id").asText();
      TestHub.Answer own = hub.call("POST", "/subscriptions", body(""), PARTNER);
      assertThat(own.json().get("account").asText()).isEqualTo("chat2");
      String id = own.json().get("id").asText();
      assertThat(
              hub.call("POST", "/subscriptions", body(",\"account\":\"chat\""), PARTNER).status())
          .isEqualTo(403);
      assertThat(hub.call("GET", "/subscriptions", "", PARTNER).json().get("items"))
          .extracting(one -> one.get("id").asText())
          .containsExactly(id);
      assertThat(hub.call("DELETE", "/subscriptions/" + all, "", PARTNER).status()).isEqualTo(404);
      assertThat(hub.call("POST", "/subscriptions", body(""), "key-of-mary").status())
          .isEqualTo(403);
      assertThat(hub.call("DELETE", "/subscriptions/" + all, "", TestHub.ADMIN).status())
          .isEqualTo(204);

      hub.writes("ann", "1", "on another account");
      hub.gets("ann", 1);
      hub.chat.deliver("chat2", TestHub.message("bob", "1", "on the partner's"));
      hub.gets("bob", 1);
      String conversation = hub.conversationOf("bob").get("id").asText();
      hub.post("/conversations/" + conversation + "/notes", "{\"text\":\"between us\"}");
      hub.post("/conversations/" + conversation + "/actions", "{\"type\":\"close\"}");
      Await.until("the end", () -> types(receiver.taken()).contains("conversation.closed"));
      assertThat(receiver.taken()).noneMatch(call -> call.body().contains("another account"));
      assertThat(receiver.taken()).noneMatch(call -> call.body().contains("between us"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|url: is missing",
        "{\"url\":\"\"}|url: is missing",
        "{\"url\":\"ftp://example.com/\"}|url: expected an http or https address",
        "{\"url\":\"example.com\"}|url: expected an http or https address",
        "{\"url\":\"http://user:pw@example.com/\"}|url: expected an http or https address",
        "{\"url\":\"http://a b/\"}|url: is no address",
        "{\"url\":\"http://127.0.0.1/\",\"events\":[\"conversation.updated\"]}|events: there is no 'conversation.updated'",
        "{\"url\":\"http://127.0.0.1/\",\"events\":\"message.sent\"}|events",
        "{\"url\":\"http://127.0.0.1/\",\"account\":\"nobody\"}|account: there is no channel account 'nobody'"
      })
  void whatIsWrongIsNamed(String body, String detail) {
    try (TestHub hub = TestHub.start(folder)) {
      TestHub.Answer answer = hub.post("/subscriptions", body);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.json().get("detail").asText()).startsWith(detail);
    }
  }

  @Test
  void wrongTimesAreNamed() {
    try (TestHub hub = TestHub.start(folder)) {
      String path = "/subscriptions/" + subscribe(hub, "").get("id").asText();
      for (String overlap : List.of("\"soon\"", "\"31d\"", "null")) {
        TestHub.Answer answer = hub.post(path + "/rotate-secret", "{\"overlap\":" + overlap + "}");
        assertThat(answer.status()).as(overlap).isEqualTo(400);
        assertThat(answer.json().get("detail").asText()).startsWith("overlap");
      }
      for (String from : List.of("{}", "{\"from\":\"yesterday\"}")) {
        TestHub.Answer answer = hub.post(path + "/replay", from);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("detail").asText()).startsWith("from");
      }
      for (int i = 1; i < 50; i++) {
        subscribe(hub, "");
      }
      assertThat(hub.post("/subscriptions", body("")).status()).isEqualTo(409);
    }
  }

  @Test
  void anInternalAddressIsRefusedAtOnce() {
    try (TestHub hub = TestHub.startGuarded(folder)) {
      TestHub.Answer answer = hub.post("/subscriptions", body(""));
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.json().get("detail").asText()).contains("subscriptions.allow-private");
      assertThat(hub.get("/subscriptions").json().get("items")).isEmpty();
    }
  }

  @Test
  void R29_aRestartInTheMiddleLosesNothing() {
    receiver.answer(call -> 503);
    String secret;
    try (TestHub hub = TestHub.start(folder)) {
      secret = subscribe(hub, ",\"events\":[\"message.received\"]").get("secret").asText();
      hub.writes("ann", "1", "one");
      hub.writes("ann", "2", "two");
      hub.gets("ann", 2);
      Await.until("an attempt", () -> !receiver.calls().isEmpty());
    }
    receiver.answer(call -> 204);
    try (TestHub hub = TestHub.start(folder)) {
      hub.writes("ann", "3", "three");
      List<Taken> taken = receiver.awaitTaken(3);
      assertThat(taken)
          .extracting(call -> call.json().at("/data/message/parts/0/text").asText())
          .containsExactly("one", "two", "three");
      assertThat(taken).allMatch(call -> call.signedWith(secret));
      assertThat(receiver.calls().getFirst().id()).isEqualTo(taken.getFirst().id());
    }
  }

  @Test
  void R29_aCallThatWasUnderWayWhenTheHubDiedIsMadeAgainWithTheSameId()
      throws IOException, InterruptedException {
    assumeFalse(TestStores.postgresql(), "copies the file of the database");
    CountDownLatch called = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    receiver.answer(
        call -> {
          called.countDown();
          try {
            gate.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return 204;
        });
    Path copy = Files.createDirectories(folder.resolve("copy"));
    try (TestHub hub = TestHub.start(folder)) {
      subscribe(hub, ",\"events\":[\"message.received\"]");
      hub.writes("ann", "1", "hello");
      called.await();
      for (String name : List.of("hub.db", "hub.db-wal")) {
        Files.copy(folder.resolve(name), copy.resolve(name));
      }
      gate.countDown();
    }
    try (TestHub hub = TestHub.start(copy)) {
      List<Taken> taken = receiver.awaitTaken(2);
      assertThat(taken.get(0).id()).isEqualTo(taken.get(1).id());
      assertThat(hub.get("/subscriptions").json().get("items")).hasSize(1);
    }
  }

  @Test
  void deadLettersAreAnnounced() {
    try (TestHub hub = TestHub.start(folder)) {
      subscribe(hub, ",\"events\":[\"dead-letter.added\"]");
      hub.chat.answerWith(m -> new SendOutcome.Throttled(Instant.now().plusSeconds(90_000)));
      hub.writes("ann", "1", "hello");
      JsonNode event = receiver.awaitTaken(1).getFirst().json();
      assertThat(event.at("/data/deadLetter/kind").asText()).isEqualTo("send");
      assertThat(event.at("/data/deadLetter/id"))
          .isEqualTo(hub.get("/dead-letters").json().at("/items/0/id"));
    }
  }

  @Test
  void R32_noSecretAndNoAddressInTheLog() {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger root = (Logger) LoggerFactory.getLogger("io.omnihub");
    Level before = root.getLevel();
    root.setLevel(Level.DEBUG);
    log.start();
    root.addAppender(log);
    receiver.answer(call -> receiver.calls().size() == 1 ? 500 : 410);
    try (TestHub hub = TestHub.start(folder)) {
      String url = "{\"url\":\"" + receiver.url() + "?token=CANARY\"}";
      hub.post("/subscriptions", url);
      hub.writes("ann", "1", "CANARY text");
      Await.until("the end", () -> hub.get("/subscriptions").json().get("items").isEmpty());
      assertThat(log.list).anyMatch(event -> event.getFormattedMessage().contains("is gone"));
      assertThat(log.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .noneMatch(line -> line.contains("CANARY") || line.contains("whsec_"));
    } finally {
      root.detachAppender(log);
      root.setLevel(before);
    }
  }
}
