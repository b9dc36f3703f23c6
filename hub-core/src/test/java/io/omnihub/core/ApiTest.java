package io.omnihub.core;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.json.HubJson;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Failure.Code;
import io.omnihub.api.model.SendOutcome;
import io.omnihub.testkit.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** The HTTP surface, as callers meet it. */
@Tag("store")
final class ApiTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "GET, /conversations, '', '', 401, unauthenticated",
    "GET, /conversations, '', wrong-key, 401, unauthenticated",
    "GET, /dead-letters, '', key-of-mary, 403, forbidden",
    "GET, /contacts, '', key-of-bot, 403, forbidden",
    "GET, /nothing, '', key-of-admin, 404, not-found",
    "GET, /conversations/none, '', key-of-admin, 404, not-found",
    "POST, /messages, '{', key-of-admin, 400, malformed-request",
    "POST, /messages, '{\"account\":\"chat\"}', key-of-admin, 400, malformed-request",
    "POST, /messages, '{\"to\":{\"identity\":\"chat:x\"},\"account\":\"gone\",\"parts\":[{\"type\":\"text\",\"text\":\"a\"}]}', key-of-admin, 422, impossible-action",
    "GET, /conversations?limit=many, '', key-of-admin, 400, malformed-request",
    "GET, /messages?cursor=soon, '', key-of-admin, 400, malformed-request",
    "POST, /hooks/none, '{}', '', 404, not-found",
    "PUT, /hooks/chat, '{}', '', 405, method-not-allowed",
  })
  void everyMistakeIsAProblemWithAStableType(
      String method, String path, String body, String key, int status, String type) {
    try (TestHub hub = TestHub.start(folder)) {
      TestHub.Answer answer = hub.call(method, path, body, key);
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.response().headers().firstValue("Content-Type"))
          .contains("application/problem+json");
      assertThat(answer.json().get("type").asText()).isEqualTo("urn:omnihub:problem:" + type);
      assertThat(answer.json().get("status").asInt()).isEqualTo(status);
    }
  }

  @Test
  void aBodyOverOneMebibyteIs413() {
    try (TestHub hub = TestHub.start(folder)) {
      String large = "x".repeat((1 << 20) + 1);
      assertThat(hub.call("POST", "/hooks/chat", large, "").status()).isEqualTo(413);
    }
  }

  @Test
  void anActionThatIsMalformedNamesItsField() {
    try (TestHub hub = TestHub.start(folder)) {
      hub.writes("ann", "1", "hello");
      String path = "/conversations/" + hub.conversationOf("ann").get("id").asText() + "/actions";
      TestHub.Answer missing =
          hub.post(path, "[{\"type\":\"note\",\"text\":\"a\"},{\"type\":\"reply\"}]");
      assertThat(missing.status()).isEqualTo(400);
      assertThat(missing.json().get("detail").asText())
          .contains("action 1")
          .contains("at least one part");
      TestHub.Answer unknown = hub.post(path, "{\"type\":\"fly\"}");
      assertThat(unknown.status()).isEqualTo(400);
      assertThat(unknown.json().get("detail").asText())
          .contains("action 0")
          .doesNotContain("io.omnihub");
      TestHub.Answer impossible = hub.post(path, "{\"type\":\"handoff\",\"to\":\"nowhere\"}");
      assertThat(impossible.status()).isEqualTo(422);
      assertThat(impossible.json().get("detail").asText()).contains("nowhere");
    }
  }

  @Test
  void listsArePagedWithoutGapsOrRepeats() {
    try (TestHub hub = TestHub.start(folder)) {
      for (int i = 0; i < 7; i++) {
        hub.writes("p" + i, "1", "hello");
        hub.gets("p" + i, 1);
      }
      assertThat(allIds(hub, "/conversations?limit=3")).hasSize(7).doesNotHaveDuplicates();
      assertThat(allIds(hub, "/messages?limit=4")).hasSize(14).doesNotHaveDuplicates();
      assertThat(allIds(hub, "/contacts?limit=2")).hasSize(7).doesNotHaveDuplicates();
    }
  }

  private static List<String> allIds(TestHub hub, String path) {
    List<String> ids = new ArrayList<>();
    JsonNode page = hub.get(path).json();
    page.get("items").forEach(item -> ids.add(item.get("id").asText()));
    while (!page.get("next").isNull()) {
      page = hub.get(path + "&cursor=" + page.get("next").asText()).json();
      page.get("items").forEach(item -> ids.add(item.get("id").asText()));
    }
    return ids;
  }

  @Test
  void shapesAreThoseOfTheContract() {
    try (TestHub hub = TestHub.start(folder)) {
      hub.writes("ann", "1", "hello");
      hub.gets("ann", 1);
      JsonNode conversation = hub.conversationOf("ann");
      assertThat(conversation.fieldNames())
          .toIterable()
          .contains(
              "id",
              "contactId",
              "status",
              "handler",
              "queue",
              "assignee",
              "account",
              "channel",
              "subject",
              "language",
              "tags",
              "attributes",
              "lastMessage",
              "unread",
              "openedAt",
              "lastMessageAt",
              "firstResponseAt",
              "closedAt");
      JsonNode message = hub.messages(conversation.get("id").asText()).get(0);
      assertThat(message.fieldNames())
          .toIterable()
          .containsExactly(
              "id",
              "conversationId",
              "contactId",
              "account",
              "channel",
              "direction",
              "author",
              "parts",
              "replyTo",
              "thread",
              "providerId",
              "sentAt",
              "receivedAt",
              "editedAt",
              "deletedAt",
              "status",
              "failure",
              "reactions",
              "attributes");
      assertThat(message.get("receivedAt").asText())
          .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
      assertThat(message.get("id").asText().charAt(14)).as("UUID version").isEqualTo('7');
      JsonNode contact = hub.get("/contacts/" + conversation.get("contactId").asText()).json();
      assertThat(contact.get("identities").get(0).fieldNames())
          .toIterable()
          .containsExactly("scheme", "value", "verified", "account", "source", "since");
    }
  }

  @Test
  void aConversationCanBeStartedByIdentityOrContact() {
    try (TestHub hub = TestHub.start(folder)) {
      String parts = "\"parts\":[{\"type\":\"text\",\"text\":\"your parcel is here\"}]";
      TestHub.Answer first =
          hub.post(
              "/messages",
              "{\"to\":{\"identity\":\"chat:zoe\"},\"account\":\"chat\"," + parts + "}");
      assertThat(first.status()).isEqualTo(201);
      assertThat(hub.gets("zoe", 1)).containsExactly("your parcel is here");
      String contact = first.json().get("contactId").asText();
      hub.post(
          "/messages",
          "{\"to\":{\"contact\":\"" + contact + "\"},\"account\":\"chat\"," + parts + "}");
      hub.gets("zoe", 2);
      assertThat(hub.get("/conversations").json().get("items")).hasSize(1);
      assertThat(
              hub.call(
                      "POST",
                      "/messages",
                      "{\"to\":{\"contact\":\""
                          + contact
                          + "\"},\"account\":\"chat\","
                          + parts
                          + "}",
                      "key-of-chat2")
                  .status())
          .as("a partner writes on its own account only")
          .isEqualTo(403);
    }
  }

  @Test
  void aContactIsChangedAndFound() {
    try (TestHub hub = TestHub.start(folder)) {
      hub.writes("ann", "1", "hello");
      String id = hub.conversationOf("ann").get("contactId").asText();
      TestHub.Answer changed =
          hub.call(
              "PATCH",
              "/contacts/" + id,
              "{\"name\":\"Ann Lee\",\"attributes\":{\"vip\":true}}",
              TestHub.ADMIN);
      assertThat(changed.json().get("name").asText()).isEqualTo("Ann Lee");
      assertThat(hub.get("/contacts?q=lee").json().get("items").get(0).get("id").asText())
          .isEqualTo(id);
      hub.call("PATCH", "/contacts/" + id, "{\"attributes\":{\"vip\":null}}", TestHub.ADMIN);
      assertThat(hub.get("/contacts/" + id).json().get("attributes")).isEmpty();
    }
  }

  @Test
  void renderShowsWhatAChannelWouldShow() {
    try (TestHub hub = TestHub.start(folder)) {
      String parts =
          "{\"account\":\"chat\",\"parts\":[{\"type\":\"choices\",\"text\":\"Size?\",\"options\":[{\"id\":\"s\",\"label\":\"Small\"}]}]}";
      JsonNode shown = hub.post("/render", parts).json().get("chat");
      assertThat(shown.get("changed").asBoolean()).isTrue();
      assertThat(shown.get("pieces").get(0).get(0).get("text").asText())
          .isEqualTo("Size?\n1. Small");
    }
  }

  @Test
  void eventsResumeWhereTheReaderStopped() throws IOException, InterruptedException {
    try (TestHub hub = TestHub.start(folder)) {
      List<JsonNode> first = new ArrayList<>();
      try (Events events = Events.open(hub, TestHub.ADMIN, "0")) {
        hub.writes("ann", "1", "hello");
        events.readUntil("message.sent", first);
      }
      assertThat(first)
          .extracting(e -> e.get("type").asText())
          .containsSubsequence(
              "contact.created", "conversation.opened", "message.received", "message.sent");
      hub.writes("ann", "2", "again");
      hub.gets("ann", 2);
      List<JsonNode> second = new ArrayList<>();
      try (Events events = Events.open(hub, TestHub.ADMIN, first.getLast().get("id").asText())) {
        events.readUntil("message.sent", second);
      }
      assertThat(second).extracting(e -> e.get("id").asLong()).isSorted().doesNotHaveDuplicates();
      assertThat(second.getFirst().get("id").asLong())
          .isEqualTo(first.getLast().get("id").asLong() + 1);
      assertThat(
              second.getFirst().get("data").get("message").get("parts").get(0).get("text").asText())
          .isEqualTo("again");
    }
  }

  @Test
  void aPartnerSeesEventsOfItsOwnAccountOnly() throws IOException, InterruptedException {
    try (TestHub hub = TestHub.start(folder)) {
      List<JsonNode> seen = new ArrayList<>();
      try (Events events = Events.open(hub, "key-of-chat2", "0")) {
        hub.writes("ann", "1", "not for the partner");
        hub.gets("ann", 1);
        hub.chat.deliver("chat2", TestHub.message("zoe", "1", "for the partner"));
        events.readUntil("message.sent", seen);
        String own = "/conversations/" + hub.conversationOf("zoe").get("id").asText();
        hub.post(own + "/notes", "{\"text\":\"not for the partner\"}");
        hub.post(own + "/actions", "{\"type\":\"close\"}");
        events.readUntil("conversation.closed", seen);
      }
      assertThat(seen.toString()).contains("for the partner").doesNotContain("not for the partner");
      assertThat(hub.call("GET", "/messages", "", "key-of-chat2").body())
          .doesNotContain("not for the partner");
      String foreign = hub.conversationOf("ann").get("id").asText();
      assertThat(hub.call("GET", "/conversations/" + foreign, "", "key-of-chat2").status())
          .isEqualTo(403);
    }
  }

  @Test
  void deadLettersAreAnnouncedToOperatorsAndNotToAgents() throws IOException, InterruptedException {
    try (TestHub hub = TestHub.start(folder)) {
      hub.chat.answerWith(m -> new SendOutcome.Throttled(Instant.now().plusSeconds(90_000)));
      hub.writes("ann", "1", "hello");
      List<JsonNode> operators = new ArrayList<>();
      try (Events events = Events.open(hub, TestHub.ADMIN, "0")) {
        events.readUntil("message.failed", operators);
      }
      assertThat(operators).extracting(e -> e.get("type").asText()).contains("dead-letter.added");
      List<JsonNode> agents = new ArrayList<>();
      try (Events events = Events.open(hub, "key-of-mary", "0")) {
        events.readUntil("message.failed", agents);
      }
      assertThat(agents)
          .extracting(e -> e.get("type").asText())
          .doesNotContain("dead-letter.added");
    }
  }

  @Test
  void operatorsSeeHealthMetricsAndTheDescription() {
    try (TestHub hub = TestHub.start(folder)) {
      hub.writes("ann", "1", "hello");
      hub.gets("ann", 1);
      assertThat(hub.call("GET", "///health/live", "", "").status()).isEqualTo(200);
      assertThat(hub.call("GET", "///health/ready", "", "").body())
          .contains("store: ok", "account chat: ok");
      assertThat(hub.call("GET", "///metrics", "", "").body())
          .contains(
              "omnihub_events_accepted_total{account=\"chat\"}",
              "omnihub_sends_seconds_count",
              "omnihub_turns_seconds_count");
      assertThat(hub.call("GET", "///openapi.yaml", "", "").body()).startsWith("openapi: 3.1.0");
      assertThat(hub.call("GET", "///docs", "", "").body()).contains("/api/v1/conversations");
    }
  }

  @Test
  void R32_noSecretAndNoMessageTextInTheLog() {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger root = (Logger) LoggerFactory.getLogger("io.omnihub");
    Level before = root.getLevel();
    root.setLevel(Level.DEBUG);
    log.start();
    root.addAppender(log);
    try (TestHub hub = TestHub.start(folder, "settle: 0ms, patience: 0ms")) {
      hub.bot.thinks(
          turn -> {
            throw new IllegalStateException("CANARY " + MemoryBot.words(turn.messages()));
          });
      hub.chat.answerWith(m -> new SendOutcome.Refused(Failure.of(Code.CONTENT_REJECTED, "no")));
      hub.writes("ann", "1", "CANARY text");
      hub.awaitConversation(
          "ann", "the desk", c -> c.get("handler").get("kind").asText().equals("queue"));
      String id = hub.conversationOf("ann").get("id").asText();
      hub.post(
          "/conversations/" + id + "/messages",
          "{\"parts\":[{\"type\":\"text\",\"text\":\"CANARY answer\"}]}");
      hub.call("GET", "/conversations", "", "CANARY-key");
      Await.until(
          "failed", () -> hub.get("/messages?status=failed").json().get("items").size() == 1);
      assertThat(log.list).isNotEmpty();
      assertThat(log.list).noneMatch(event -> event.getFormattedMessage().contains("CANARY"));
    } finally {
      root.detachAppender(log);
      root.setLevel(before);
    }
  }

  /** A reader of server-sent events. */
  private record Events(BufferedReader lines) implements AutoCloseable {
    static Events open(TestHub hub, String key, String last)
        throws IOException, InterruptedException {
      HttpRequest request =
          HttpRequest.newBuilder(hub.url().resolve("/api/v1/events"))
              .header("Authorization", "Bearer " + key)
              .header("Last-Event-ID", last)
              .build();
      HttpResponse<java.io.InputStream> response =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
      assertThat(response.statusCode()).isEqualTo(200);
      return new Events(
          new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
    }

    void readUntil(String type, List<JsonNode> into) throws IOException {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("data: ")) {
          JsonNode event = HubJson.mapper().readTree(line.substring(6));
          into.add(event);
          if (event.get("type").asText().equals(type)) {
            return;
          }
        }
      }
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
