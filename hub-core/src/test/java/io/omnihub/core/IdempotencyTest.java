package io.omnihub.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Failure.Code;
import io.omnihub.api.model.SendOutcome;
import io.omnihub.core.store.TestStores;
import io.omnihub.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A POST that carries an Idempotency-Key happens once. */
@Tag("store")
final class IdempotencyTest {
  private static final String HELLO = start("zoe", "hello");
  private static final String ADMIN = TestHub.ADMIN;

  @TempDir Path folder;

  private static String start(String who, String words) {
    return "{\"to\":{\"identity\":\"chat:%s\"},\"account\":\"chat\",\"parts\":[{\"type\":\"text\",\"text\":\"%s\"}]}"
        .formatted(who, words);
  }

  private static String type(TestHub.Answer answer) {
    return answer.json().get("type").asText().replace("urn:omnihub:problem:", "");
  }

  private static boolean replayed(TestHub.Answer answer) {
    return answer
        .response()
        .headers()
        .firstValue("Idempotency-Replayed")
        .equals(java.util.Optional.of("true"));
  }

  @Test
  void R11_theSameKeyAndBodyGetsTheStoredAnswer() {
    try (TestHub hub = TestHub.start(folder)) {
      TestHub.Answer first = hub.postOnce("/messages", HELLO, ADMIN, "k1");
      hub.gets("zoe", 1);
      TestHub.Answer second = hub.postOnce("/messages", HELLO, ADMIN, "k1");
      assertThat(first.status()).isEqualTo(201);
      assertThat(replayed(first)).isFalse();
      assertThat(second.status()).isEqualTo(201);
      assertThat(second.body()).isEqualTo(first.body());
      assertThat(replayed(second)).isTrue();
      assertThat(hub.postOnce("/messages", HELLO, ADMIN, "k2").json().get("id"))
          .as("another key is another message")
          .isNotEqualTo(first.json().get("id"));
      assertThat(hub.gets("zoe", 2)).containsExactly("hello", "hello");
    }
  }

  @Test
  void R11_aKeyIsKnownAfterARestart() {
    TestHub.Answer first;
    try (TestHub hub = TestHub.start(folder)) {
      first = hub.postOnce("/messages", HELLO, ADMIN, "k1");
      hub.gets("zoe", 1);
    }
    try (TestHub hub = TestHub.start(folder)) {
      TestHub.Answer again = hub.postOnce("/messages", HELLO, ADMIN, "k1");
      assertThat(again.body()).isEqualTo(first.body());
      hub.postOnce("/messages", start("zoe", "the next"), ADMIN, "k2");
      assertThat(hub.gets("zoe", 1)).containsExactly("the next");
      assertThat(hub.get("/messages").json().get("items")).hasSize(2);
    }
  }

  /** What a SIGKILL leaves behind: the files as they are at that moment. */
  @Test
  void R11_aKeyIsKnownAfterACrash() throws IOException {
    assumeFalse(TestStores.postgresql(), "works on the file of the database");
    Path running = Files.createDirectory(folder.resolve("running"));
    Path crashed = Files.createDirectory(folder.resolve("crashed"));
    TestHub.Answer first;
    try (TestHub hub = TestHub.start(running)) {
      first = hub.postOnce("/messages", HELLO, ADMIN, "k1");
      assertThat(first.status()).isEqualTo(201);
      for (String file : List.of("hub.db", "hub.db-wal")) {
        Files.copy(running.resolve(file), crashed.resolve(file));
      }
    }
    try (TestHub hub = TestHub.start(crashed)) {
      TestHub.Answer again = hub.postOnce("/messages", HELLO, ADMIN, "k1");
      assertThat(again.body()).isEqualTo(first.body());
      assertThat(replayed(again)).isTrue();
      assertThat(hub.get("/messages").json().get("items")).hasSize(1);
    }
  }

  @Test
  void R11_anotherBodyOrAddressUnderTheSameKeyIs422() {
    try (TestHub hub = TestHub.start(folder)) {
      TestHub.Answer first = hub.postOnce("/messages", HELLO, ADMIN, "k1");
      TestHub.Answer body = hub.postOnce("/messages", start("zoe", "bye"), ADMIN, "k1");
      assertThat(body.status()).isEqualTo(422);
      assertThat(type(body)).isEqualTo("idempotency-key-reused");
      String conversation = first.json().get("conversationId").asText();
      String notes = "/conversations/" + conversation + "/notes";
      assertThat(hub.postOnce(notes, HELLO, ADMIN, "k1").status()).isEqualTo(422);
      assertThat(hub.messages(conversation)).hasSize(1);
    }
  }

  @Test
  void R11_inFlightIs409WithRetryAfter() throws Exception {
    assumeFalse(TestStores.postgresql(), "works on the file of the database");
    try (TestHub hub = TestHub.start(folder);
        Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder + "/hub.db");
        Statement statement = other.createStatement()) {
      // whoever else writes to the file holds the hub's writer up
      statement.execute("BEGIN IMMEDIATE");
      CompletableFuture<TestHub.Answer> one = later(hub);
      CompletableFuture<TestHub.Answer> two = later(hub);
      TestHub.Answer refused =
          (TestHub.Answer) CompletableFuture.anyOf(one, two).get(4, TimeUnit.SECONDS);
      assertThat(refused.status()).isEqualTo(409);
      assertThat(type(refused)).isEqualTo("idempotency-in-flight");
      assertThat(refused.response().headers().firstValue("Retry-After")).contains("1");
      statement.execute("ROLLBACK");
      assertThat(List.of(one.join().status(), two.join().status()))
          .containsExactlyInAnyOrder(201, 409);
      assertThat(replayed(hub.postOnce("/messages", HELLO, ADMIN, "k1"))).isTrue();
      assertThat(hub.get("/messages").json().get("items")).hasSize(1);
    }
  }

  private static CompletableFuture<TestHub.Answer> later(TestHub hub) {
    return CompletableFuture.supplyAsync(
        () -> hub.postOnce("/messages", HELLO, ADMIN, "k1"), Thread::startVirtualThread);
  }

  @Test
  void R11_aKeyIsThePrincipalsOwn() {
    try (TestHub hub = TestHub.start(folder)) {
      TestHub.Answer first = hub.postOnce("/messages", HELLO, "key-of-mary", "k1");
      TestHub.Answer other = hub.postOnce("/messages", HELLO, "key-of-bob", "k1");
      assertThat(other.status()).isEqualTo(201);
      assertThat(other.json().get("id")).isNotEqualTo(first.json().get("id"));
    }
  }

  @Test
  void R11_aRefusedRequestLeavesItsKeyUnused() {
    try (TestHub hub = TestHub.start(folder)) {
      String nowhere = HELLO.replace("\"account\":\"chat\"", "\"account\":\"gone\"");
      assertThat(hub.postOnce("/messages", nowhere, ADMIN, "k1").status()).isEqualTo(422);
      assertThat(hub.postOnce("/messages", HELLO, ADMIN, "k1").status()).isEqualTo(201);
      String conversation = hub.conversationOf("zoe").get("id").asText();
      String actions = "/conversations/" + conversation + "/actions";
      String stale = "{\"epoch\":99,\"actions\":[{\"type\":\"close\"}]}";
      TestHub.Answer refused = hub.postOnce(actions, stale, ADMIN, "k2");
      assertThat(refused.status()).isEqualTo(409);
      assertThat(type(refused)).isEqualTo("stale-control");
      assertThat(hub.postOnce(actions, "{\"type\":\"close\"}", ADMIN, "k2").status())
          .isEqualTo(200);
    }
  }

  @Test
  void R11_everyKindOfPostIsReplayed() {
    try (TestHub hub = TestHub.start(folder)) {
      hub.chat.answerWith(
          sent -> new SendOutcome.Refused(Failure.of(Code.RECIPIENT_BLOCKED, "blocked")));
      TestHub.Answer first = hub.postOnce("/messages", HELLO, ADMIN, "start");
      String message = "/messages/" + first.json().get("id").asText();
      String conversation = "/conversations/" + first.json().get("conversationId").asText();
      String parts = "{\"parts\":[{\"type\":\"text\",\"text\":\"hello again\"}]}";
      Await.until(
          "the message has failed",
          () -> hub.get("/messages?status=failed").json().get("items").size() == 1);
      isReplayed(hub, message + "/resend", "");
      isReplayed(hub, conversation + "/notes", "{\"text\":\"a note\"}");
      isReplayed(hub, conversation + "/messages", parts);
      isReplayed(hub, conversation + "/actions", "{\"type\":\"assign\",\"agent\":\"me\"}");
    }
  }

  private static void isReplayed(TestHub hub, String path, String body) {
    TestHub.Answer first = hub.postOnce(path, body, ADMIN, path);
    TestHub.Answer second = hub.postOnce(path, body, ADMIN, path);
    assertThat(first.status()).as(path + " " + first.body()).isIn(200, 201);
    assertThat(second.body()).as(path).isEqualTo(first.body());
    assertThat(replayed(second)).as(path).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\tb"})
  void R11_aKeyIsPrintableAscii(String key) {
    try (TestHub hub = TestHub.start(folder)) {
      TestHub.Answer answer = hub.postOnce("/messages", HELLO, ADMIN, key);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(type(answer)).isEqualTo("malformed-request");
      assertThat(hub.postOnce("/messages", HELLO, ADMIN, "k".repeat(256)).status()).isEqualTo(400);
      assertThat(hub.postOnce("/messages", HELLO, ADMIN, "k".repeat(255)).status()).isEqualTo(201);
    }
  }

  @Test
  void R11_theKeyAndTheEffectAreDurableTogetherOrNotAtAll() throws SQLException {
    assumeFalse(TestStores.postgresql(), "works on the file of the database");
    try (TestHub hub = TestHub.start(folder);
        Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder + "/hub.db");
        Statement statement = other.createStatement()) {
      statement.execute(
          "CREATE TRIGGER full BEFORE INSERT ON idempotency BEGIN SELECT RAISE(ABORT, 'full'); END");
      assertThat(hub.postOnce("/messages", HELLO, ADMIN, "k1").status())
          .isGreaterThanOrEqualTo(500);
      assertThat(hub.get("/messages").json().get("items"))
          .as("no effect without the key")
          .isEmpty();
      statement.execute("DROP TRIGGER full");
      assertThat(hub.postOnce("/messages", HELLO, ADMIN, "k1").status()).isEqualTo(201);
      assertThat(hub.gets("zoe", 1)).containsExactly("hello");
    }
  }
}
