package io.omnihub.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.InboundEvent.Unreadable;
import io.omnihub.api.route.InboundBatch;
import io.omnihub.core.store.TestStores;
import io.omnihub.testkit.Await;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What could not be done, as an operator finds it, looks at it and tries it again. */
@Tag("store")
final class DeadLetterApiTest {
  @TempDir Path folder;

  private static JsonNode onlyLetter(TestHub hub) {
    return Await.value("a dead letter", () -> hub.get("/dead-letters").json().get("items").get(0));
  }

  private static void deliver(TestHub hub, String id, String words, String raw) {
    hub.chat.deliver(
        "chat",
        new InboundBatch(
            List.of(TestHub.message("ann", id, words)),
            "text/plain",
            raw.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void R58_aPoisonEventIsSetAsideAndProcessedOnceAfterTheFix() throws SQLException {
    assumeFalse(TestStores.postgresql(), "works on the file of the database");
    try (TestHub hub = TestHub.start(folder);
        Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder + "/hub.db");
        Statement database = other.createStatement()) {
      database.execute(
          "CREATE TRIGGER poison BEFORE INSERT ON message WHEN NEW.parts LIKE '%arsenic%'"
              + " BEGIN SELECT RAISE(ABORT, 'poison'); END");
      deliver(hub, "1", "arsenic", "the raw <b>arsenic</b>");
      deliver(hub, "2", "water", "the raw water");
      assertThat(hub.gets("ann", 1)).as("what is behind goes on").hasSize(1);
      JsonNode letter = onlyLetter(hub);
      String path = "/dead-letters/" + letter.get("id").asText();
      JsonNode all = hub.get(path).json();
      assertThat(all.get("kind").asText()).isEqualTo("fact");
      assertThat(all.get("state").asText()).isEqualTo("open");
      assertThat(all.at("/event/parts/0/text").asText()).isEqualTo("arsenic");
      assertThat(all.get("receivedAt").asText()).startsWith("20");
      assertThat(all.get("raw").asText()).isEqualTo("/api/v1" + path + "/raw");

      database.execute("DROP TRIGGER poison");
      assertThat(hub.post(path + "/retry", "").status()).isEqualTo(204);
      hub.gets("ann", 2);
      assertThat(hub.post(path + "/retry", "").status()).as("once").isEqualTo(404);
      String conversation = hub.conversationOf("ann").get("id").asText();
      assertThat(hub.said(conversation).stream().filter(said -> said.contains("arsenic")))
          .filteredOn(said -> said.startsWith("contact"))
          .hasSize(1);
      assertThat(hub.get(path).json().get("state").asText()).isEqualTo("retried");
      assertThat(hub.get("/dead-letters").json().get("items")).isEmpty();
    }
  }

  @Test
  void theRawPayloadIsServedAsItCameAndNeverShown() {
    try (TestHub hub = TestHub.start(folder)) {
      unreadable(hub, "text/html", "<script>alert(1)</script>");
      String raw = "/dead-letters/" + onlyLetter(hub).get("id").asText() + "/raw";
      TestHub.Answer answer = hub.get(raw);
      assertThat(answer.body()).isEqualTo("<script>alert(1)</script>");
      assertThat(answer.response().headers().firstValue("Content-Type")).contains("text/html");
      assertThat(answer.response().headers().firstValue("X-Content-Type-Options"))
          .contains("nosniff");
      assertThat(answer.response().headers().firstValue("Content-Disposition").orElseThrow())
          .startsWith("attachment");
      for (String key : List.of("key-of-mary", "key-of-bot", "key-of-chat2")) {
        assertThat(hub.call("GET", raw, "", key).status()).as(key).isEqualTo(403);
      }
    }
  }

  @Test
  void aMediaTypeThatIsNoneBecomesBytes() {
    try (TestHub hub = TestHub.start(folder)) {
      unreadable(hub, "text/html\r\nSet-Cookie: a=b", "raw");
      String raw = "/dead-letters/" + onlyLetter(hub).get("id").asText() + "/raw";
      TestHub.Answer answer = hub.get(raw);
      assertThat(answer.response().headers().firstValue("Content-Type"))
          .contains("application/octet-stream");
      assertThat(answer.response().headers().firstValue("Set-Cookie")).isEmpty();
    }
  }

  @Test
  void withoutARawPayloadThereIsNoneToServe() {
    try (TestHub hub = TestHub.start(folder)) {
      unreadable(hub, "text/plain", "");
      JsonNode letter = onlyLetter(hub);
      String path = "/dead-letters/" + letter.get("id").asText();
      assertThat(hub.get(path).json().get("raw").isNull()).isTrue();
      assertThat(hub.get(path + "/raw").status()).isEqualTo(404);
      assertThat(hub.get("/dead-letters/none").status()).isEqualTo(404);
    }
  }

  @Test
  void theyAreCountedInHealthAndMetricsAndNeverMakeTheHubUnready() {
    try (TestHub hub = TestHub.start(folder)) {
      assertThat(hub.call("GET", "///health/ready", "", "").body())
          .contains("dead letters: ok, 0 waiting\n");
      unreadable(hub, "text/plain", "raw");
      onlyLetter(hub);
      TestHub.Answer ready = hub.call("GET", "///health/ready", "", "");
      assertThat(ready.status()).isEqualTo(200);
      assertThat(ready.body()).contains("dead letters: ok, 1 waiting\n");
      assertThat(hub.call("GET", "///metrics", "", "").body())
          .contains("omnihub_dead_letters{kind=\"unreadable\"} 1.0")
          .contains("omnihub_dead_letters{kind=\"send\"} 0.0");
    }
  }

  private static void unreadable(TestHub hub, String type, String raw) {
    Unreadable event =
        new Unreadable("unreadable/1", Identity.of("chat", "ann"), Instant.now(), "no boundary");
    hub.chat.deliver(
        "chat", new InboundBatch(List.of(event), type, raw.getBytes(StandardCharsets.UTF_8)));
  }
}
