package io.omnihub.backend.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.omnihub.api.model.Action;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Turn;
import io.omnihub.api.model.TurnResult;
import io.omnihub.testkit.ManualClock;
import io.omnihub.testkit.bot.BotSimulator;
import io.omnihub.testkit.harness.ConnectorHarness;
import io.omnihub.testkit.harness.Samples;
import io.omnihub.testkit.simulator.Fault;
import io.omnihub.testkit.simulator.Mischief;
import io.omnihub.testkit.simulator.SimulatedReply;
import io.omnihub.testkit.simulator.SimulatedRequest;
import io.omnihub.testkit.simulator.SimulatorServer;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class HttpBotCallTest {
  private static final String SECRET = "whsec_Y2FuYXJ5LWNhbmFyeS1jYW5hcnktY2FuYXJ5LTAwMQ==";
  private static final String STRANGE_SECRET = "whsec_c3RyYW5nZXItc3RyYW5nZXItc3RyYW5nZXItMDAwMA==";

  private final ManualClock clock = new ManualClock(Samples.NOON);
  private final BotSimulator bot = new BotSimulator(0, SECRET, 1);
  private ConnectorHarness hub = start(Map.of());

  @AfterEach
  void stop() {
    hub.close();
    bot.close();
  }

  @Test
  void asksTheBotAndTakesItsActions() {
    Turn turn = Samples.turn("hello", "are you there?");

    assertThat(hub.turn(turn)).isEqualTo(answered("echo: hello\nare you there?"));

    JsonNode seen = bot.turns().getFirst();
    assertThat(seen.fieldNames())
        .toIterable()
        .containsExactly(
            "type",
            "id",
            "epoch",
            "conversation",
            "contact",
            "messages",
            "history",
            "capabilities");
    assertThat(seen.get("type").asText()).isEqualTo("turn");
    assertThat(seen.get("id").asText()).isEqualTo(turn.id());
    assertThat(seen.get("epoch").longValue()).isEqualTo(1);
    assertThat(seen.at("/conversation/id").asText()).isEqualTo("conversation-1");
    assertThat(seen.at("/contact/name").asText()).isEqualTo("Ann");
    assertThat(seen.at("/messages/0/parts/0/type").asText()).isEqualTo("text");
    assertThat(seen.at("/capabilities/choices").isInt()).isTrue();
    assertThat(bot.rejected()).isZero();
  }

  @Test
  void everyAttemptCarriesTheTurnsIdAndTheHeaders() {
    List<SimulatedRequest> requests = new CopyOnWriteArrayList<>();
    Turn turn = Samples.turn("hello");
    try (SimulatorServer server =
        server(
            request -> {
              requests.add(request);
              return SimulatedReply.json(200, "{\"actions\":[]}");
            })) {
      restart(
          Map.of(
              "url",
              server.url() + "/bot?key=a%20b",
              "headers",
              Map.of("Authorization", "Bearer canary", "Webhook-Id", "forged")));
      hub.turn(turn);
      clock.advance(Duration.ofMinutes(1));
      hub.turn(turn);
    }

    assertThat(requests)
        .hasSize(2)
        .allSatisfy(
            request -> {
              assertThat(request.method()).isEqualTo("POST");
              assertThat(request.path()).isEqualTo("/bot");
              assertThat(request.query()).containsExactly(Map.entry("key", "a b"));
              assertThat(request.headers())
                  .containsEntry("webhook-id", turn.id())
                  .containsEntry("authorization", "Bearer canary")
                  .containsEntry("content-type", "application/json");
            });
    assertThat(requests)
        .extracting(request -> request.headers().get("webhook-timestamp"))
        .containsExactly(
            Long.toString(Samples.NOON.getEpochSecond()),
            Long.toString(Samples.NOON.getEpochSecond() + 60));
  }

  @Test
  void aBotWithoutASecretIsNotSigned() {
    try (BotSimulator trusting = new BotSimulator(0, "", 1)) {
      hub.close();
      hub = ConnectorHarness.start(new HttpBotPlugin(), Map.of("url", trusting.url().toString()));

      assertThat(hub.turn(Samples.turn("hi"))).isEqualTo(answered("echo: hi"));
    }
  }

  @Test
  void aBotThatDoesNotKnowTheSecretRefuses() {
    restart(Map.of("secret", STRANGE_SECRET));

    assertThat(hub.turn(Samples.turn("hi"))).isEqualTo(failed(Failure.Code.AUTH, "HTTP 401"));
    assertThat(bot.turns()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, ",
    "CUT_BEFORE, TRANSIENT",
    "CUT_AFTER, TRANSIENT",
    "THROTTLE, TRANSIENT",
    "SERVER_ERROR, TRANSIENT",
    "DELAY, TIMEOUT",
    "DUPLICATE, ",
    "REORDER, ",
  })
  void R51_everyFaultIsAFailedTurnThatCanBeRepeated(Fault fault, Failure.Code code) {
    restart(Map.of("timeout", fault == Fault.DELAY ? "400ms" : "10s"));
    bot.mischief().next(fault);
    Turn turn = Samples.turn("hi");

    TurnResult first = hub.turn(turn);

    if (code == null) {
      assertThat(first).isEqualTo(answered("echo: hi"));
    } else {
      assertThat(first)
          .isInstanceOfSatisfying(
              TurnResult.Failed.class,
              failed -> assertThat(failed.failure().code()).isEqualTo(code));
    }
    assertThat(hub.turn(turn)).isEqualTo(answered("echo: hi"));
    assertThat(bot.turns()).hasSize(1);
  }

  @Test
  void aKeptConnectionThatTheBotHasClosedCostsNothing() {
    hub.turn(Samples.turn("first"));
    bot.mischief().next(Fault.CUT_BEFORE);

    assertThat(hub.turn(Samples.turn("second"))).isEqualTo(answered("echo: second"));
  }

  @Test
  void aBotThatIsDownIsATransientFailure() {
    bot.close();

    assertThat(hub.turn(Samples.turn("hi")))
        .isInstanceOfSatisfying(
            TurnResult.Failed.class,
            failed -> assertThat(failed.failure().code()).isEqualTo(Failure.Code.TRANSIENT));
  }

  @ParameterizedTest
  @CsvSource({
    "'', TIMEOUT",
    "'HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n{', TIMEOUT",
    "'HTTP/1.1 202 Accepted\r\nX-Slow: ', TIMEOUT",
    "'nonsense\r\n\r\n', TIMEOUT",
  })
  void R51_aBotThatTricklesIsBoundedByTheTimeout(String beginning, Failure.Code code)
      throws IOException {
    try (RawServer server = new RawServer(beginning)) {
      restart(Map.of("url", server.url(), "timeout", "300ms"));
      long start = System.nanoTime();

      TurnResult result = hub.turn(Samples.turn("hi"));

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
      assertThat(result)
          .isInstanceOfSatisfying(
              TurnResult.Failed.class,
              failed -> assertThat(failed.failure().code()).isEqualTo(code));
    }
  }

  @Test
  void readsNoMoreThanAMebibyte() {
    String fitting = "{\"actions\":[],\"noise\":\"" + "x".repeat((1 << 20) - 25) + "\"}";
    ConcurrentLinkedQueue<String> answers =
        new ConcurrentLinkedQueue<>(List.of(fitting, fitting + " ", "{\"actions\":[]}"));
    try (SimulatorServer server = server(request -> SimulatedReply.json(200, answers.remove()))) {
      restart(Map.of("url", server.url().toString()));

      assertThat(hub.turn(Samples.turn("hi"))).isEqualTo(new TurnResult.Answered(List.of()));
      assertThat(hub.turn(Samples.turn("hi")))
          .isEqualTo(failed(Failure.Code.PROTOCOL, "the answer is larger than 1048576 bytes"));
      assertThat(hub.turn(Samples.turn("hi"))).isEqualTo(new TurnResult.Answered(List.of()));
    }
  }

  @Test
  void followsNoRedirect() {
    try (SimulatorServer server =
        server(
            request ->
                new SimulatedReply(307, Map.of("Location", bot.url().toString()), new byte[0]))) {
      restart(Map.of("url", server.url().toString()));

      assertThat(hub.turn(Samples.turn("hi"))).isEqualTo(failed(Failure.Code.PROTOCOL, "HTTP 307"));
    }
    assertThat(bot.calls()).isZero();
  }

  @Test
  void manyConversationsAreAskedSideBySide() {
    bot.delay(Duration.ofMillis(200));
    List<TurnResult> results = new CopyOnWriteArrayList<>();
    long start = System.nanoTime();
    try (ExecutorService conversations = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int n = 0; n < 100; n++) {
        conversations.execute(() -> results.add(hub.turn(Samples.turn("hi"))));
      }
    }

    assertThat(results).hasSize(100).containsOnly(answered("echo: hi"));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
  }

  @Test
  void anInvalidActionIsToldByItsPlace() {
    bot.answerWith(
        turn -> {
          var actions = BotSimulator.reply("fine");
          actions.add(JsonNodeFactory.instance.objectNode().put("type", "note"));
          return actions;
        });

    assertThat(hub.turn(Samples.turn("hi")))
        .isEqualTo(failed(Failure.Code.PROTOCOL, "action 1: a note needs a text"));
  }

  @Test
  void R32_noSecretInLogsOrFailures() {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Level before = root.getLevel();
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    root.addAppender(log);
    root.setLevel(Level.DEBUG);
    try {
      restart(Map.of("timeout", "250ms"));
      bot.mischief().next(Fault.NONE, Fault.SERVER_ERROR, Fault.CUT_AFTER, Fault.DELAY);
      for (int attempt = 0; attempt < 4; attempt++) {
        assertThat(hub.turn(Samples.turn("hi")).toString()).doesNotContain(secretBytes());
      }
    } finally {
      root.setLevel(before);
      root.detachAppender(log);
    }
    assertThat(List.copyOf(log.list))
        .isNotEmpty()
        .noneMatch(event -> event.getFormattedMessage().contains(secretBytes()));
  }

  @Test
  void doesNotStartWithSettingsThatCannotBeUsed() {
    assertThatThrownBy(() -> start(Map.of("secret", "canary")))
        .hasRootCauseInstanceOf(IllegalArgumentException.class)
        .hasStackTraceContaining("whsec_ followed by base64");
    assertThatThrownBy(() -> start(Map.of("secret", "whsec_")))
        .hasRootCauseInstanceOf(IllegalArgumentException.class)
        .hasStackTraceContaining("whsec_ followed by base64");
    assertThatThrownBy(() -> start(Map.of("headers", Map.of("X-Key", "a\r\nX-Evil: b"))))
        .hasRootCauseInstanceOf(IllegalArgumentException.class)
        .hasStackTraceContaining("X-Key cannot be sent");
  }

  @Test
  void declaresWhatTheHubReads() {
    HttpBotPlugin plugin = new HttpBotPlugin();

    assertThat(plugin.name()).isEqualTo("http");
    assertThat(plugin.config().settings())
        .extracting(setting -> setting.key() + "=" + setting.fallback())
        .containsExactly(
            "url=", "secret=", "timeout=10s", "patience=30s", "settle=300ms", "headers=");
  }

  private static String secretBytes() {
    return SECRET.substring("whsec_".length());
  }

  private static TurnResult answered(String text) {
    return new TurnResult.Answered(List.of(Action.Reply.text(text)));
  }

  private static TurnResult failed(Failure.Code code, String detail) {
    return new TurnResult.Failed(Failure.of(code, detail));
  }

  private static SimulatorServer server(Function<SimulatedRequest, SimulatedReply> behaviour) {
    return new SimulatorServer(0, new Mischief(1), behaviour::apply);
  }

  private void restart(Map<String, ?> more) {
    hub.close();
    hub = start(more);
  }

  private ConnectorHarness start(Map<String, ?> more) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("url", bot.url().toString());
    settings.put("secret", SECRET);
    settings.putAll(more);
    return ConnectorHarness.start(
        new HttpBotPlugin(), settings, clock, ConnectorHarness.freshState());
  }
}
