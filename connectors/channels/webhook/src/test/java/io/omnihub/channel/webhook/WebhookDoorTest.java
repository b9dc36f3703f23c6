package io.omnihub.channel.webhook;

import static io.omnihub.channel.webhook.Partner.NEW_SECRET;
import static io.omnihub.channel.webhook.Partner.SECRET;
import static io.omnihub.channel.webhook.Partner.STRANGE_SECRET;
import static io.omnihub.channel.webhook.Partner.headers;
import static io.omnihub.channel.webhook.Partner.keys;
import static io.omnihub.channel.webhook.Partner.message;
import static io.omnihub.channel.webhook.Partner.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.connector.ChannelConnector;
import io.omnihub.api.json.HubJson;
import io.omnihub.api.route.HubGateway;
import io.omnihub.testkit.ManualClock;
import io.omnihub.testkit.harness.ConnectorHarness;
import io.omnihub.testkit.harness.HttpReply;
import io.omnihub.testkit.harness.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class WebhookDoorTest {
  private final ManualClock clock = new ManualClock(Samples.NOON);
  private ConnectorHarness hub = start(new WebhookPlugin(), Map.of("secret", SECRET));

  @AfterEach
  void stop() {
    hub.close();
  }

  @Test
  void R09_everyElementOfABatchIsHandled() throws IOException {
    String batch = batch(500);

    HttpReply reply = post(hub, SECRET, clock.instant(), batch);

    assertThat(reply.status()).isEqualTo(202);
    assertThat(json(reply)).isEqualTo(json("{\"accepted\":500,\"duplicates\":0}"));
    assertThat(keys(hub)).hasSize(500).startsWith("message/e1").endsWith("message/e500");
    assertThat(new String(hub.batches().getFirst().raw(), StandardCharsets.UTF_8)).isEqualTo(batch);
  }

  @Test
  void refusesMoreThanABatch() throws IOException {
    HttpReply reply = post(hub, SECRET, clock.instant(), batch(501));

    assertProblem(reply, 400, "urn:omnihub:problem:malformed-event");
    assertThat(json(reply).get("detail").asText()).contains("1 to 500");
    assertThat(hub.events()).isEmpty();
  }

  @Test
  void takesASingleEventAndCountsDuplicates() throws IOException {
    post(hub, SECRET, clock.instant(), message("e1"));

    HttpReply again =
        post(hub, SECRET, clock.instant(), "[" + message("e1") + "," + message("e2") + "]");

    assertThat(again.status()).isEqualTo(202);
    assertThat(again.headers()).containsEntry("Content-Type", "application/json");
    assertThat(again.headers().keySet()).noneMatch(name -> name.startsWith("webhook"));
    assertThat(json(again)).isEqualTo(json("{\"accepted\":1,\"duplicates\":1}"));
  }

  @Test
  void storesNothingOfARequestWithAMalformedEvent() throws IOException {
    String body = "[" + message("e1") + ",{\"id\":\"e2\",\"type\":\"message\",\"from\":{}}]";

    HttpReply reply = post(hub, SECRET, clock.instant(), body);

    assertProblem(reply, 400, "urn:omnihub:problem:malformed-event");
    assertThat(json(reply).get("detail").asText())
        .isEqualTo("event 1: from.id: is missing, expected a text");
    assertThat(json(reply).get("index").intValue()).isEqualTo(1);
    assertThat(json(reply).get("field").asText()).isEqualTo("from.id");
    assertThat(hub.batches()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"id\":", "7", "\"text\"", "[[]]", "null"})
  void refusesWhatAreNoEvents(String body) throws IOException {
    assertProblem(
        post(hub, SECRET, clock.instant(), body), 400, "urn:omnihub:problem:malformed-event");
    assertThat(hub.batches()).isEmpty();
  }

  @Test
  void R27_originIsVerifiedOverRawBytes() throws IOException {
    String body = message("e1").replace(":", " : ");
    byte[] reserialised =
        HubJson.mapper().readTree(body).toString().getBytes(StandardCharsets.UTF_8);

    assertUnsigned(post(hub, STRANGE_SECRET, clock.instant(), body));
    assertUnsigned(hub.webhook(body, Map.of()));
    assertUnsigned(hub.webhook(reserialised, headers(SECRET, clock.instant(), body)));
    for (String name : List.of("webhook-id", "webhook-timestamp", "webhook-signature")) {
      Map<String, String> without = headers(SECRET, clock.instant(), body);
      without.remove(name);
      assertUnsigned(hub.webhook(body, without));
      without.put(name, "");
      assertUnsigned(hub.webhook(body, without));
    }
    assertThat(hub.batches()).isEmpty();

    assertThat(post(hub, SECRET, clock.instant(), body).status()).isEqualTo(202);
  }

  @ParameterizedTest
  @CsvSource({"-301,401", "-300,202", "0,202", "300,202", "301,401"})
  void R27_staleRequestsAreRefused(long secondsLate, int status) {
    Map<String, String> headers = headers(SECRET, clock.instant(), message("e1"));

    clock.advance(Duration.ofSeconds(secondsLate));

    assertThat(hub.webhook(message("e1"), headers).status()).isEqualTo(status);
  }

  @Test
  void takesHeaderNamesInAnyCase() {
    Map<String, String> loud =
        headers(SECRET, clock.instant(), message("e1")).entrySet().stream()
            .collect(
                Collectors.toMap(
                    e -> e.getKey().replace("webhook", "Webhook"), Map.Entry::getValue));

    assertThat(hub.webhook(message("e1"), loud).status()).isEqualTo(202);
  }

  @Test
  void takesBothSecretsDuringARotation() {
    hub.close();
    hub = start(new WebhookPlugin(), Map.of("secrets", List.of(NEW_SECRET, SECRET)));

    assertThat(post(hub, SECRET, clock.instant(), message("e1")).status()).isEqualTo(202);
    assertThat(post(hub, NEW_SECRET, clock.instant(), message("e2")).status()).isEqualTo(202);
    assertUnsigned(post(hub, STRANGE_SECRET, clock.instant(), message("e3")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE"})
  void takesOnlyPosts(String method) throws IOException {
    HttpReply reply =
        hub.http(
            HubGateway.Kind.WEBHOOK,
            method,
            "",
            "",
            message("e1").getBytes(StandardCharsets.UTF_8),
            headers(SECRET, clock.instant(), message("e1")));

    assertProblem(reply, 405, "urn:omnihub:problem:method-not-allowed");
    assertThat(reply.headers()).containsEntry("Allow", "POST");
  }

  @Test
  void refusesMoreThanAMebibyte() throws IOException {
    String body = message("e1") + " ".repeat(1 << 20);

    assertProblem(post(hub, SECRET, clock.instant(), body), 413, "urn:omnihub:problem:too-large");
  }

  @Test
  void asksToComeBackWhenTheHubCannotStore() {
    hub.refuseNext(1);

    assertThat(post(hub, SECRET, clock.instant(), message("e1")).status()).isEqualTo(503);
    assertThat(hub.events()).isEmpty();
    assertThat(post(hub, SECRET, clock.instant(), message("e1")).status()).isEqualTo(202);
    assertThat(keys(hub)).containsExactly("message/e1");
  }

  @Test
  void R28_shadowModeLosesNothing() {
    hub.close();
    hub = start(new WebhookPlugin(), Map.of("secret", SECRET, "signature", "shadow"));
    Logger logger = (Logger) LoggerFactory.getLogger(WebhookDoor.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    try {
      assertThat(post(hub, STRANGE_SECRET, clock.instant(), message("e1")).status()).isEqualTo(202);
      assertThat(post(hub, SECRET, clock.instant(), message("e2")).status()).isEqualTo(202);
    } finally {
      logger.detachAppender(log);
    }
    assertThat(hub.events()).hasSize(2);
    assertThat(log.list)
        .singleElement()
        .satisfies(event -> assertThat(event.getLevel()).isEqualTo(Level.WARN));

    hub.close();
    hub = start(new WebhookPlugin(), Map.of("secret", SECRET, "signature", "off"));
    assertThat(hub.webhook(message("e1"), Map.of()).status()).isEqualTo(202);

    hub.close();
    hub = start(new WebhookPlugin(), Map.of("secret", SECRET, "signature", "enforce"));
    assertUnsigned(post(hub, STRANGE_SECRET, clock.instant(), message("e1")));
    assertThat(hub.events()).isEmpty();
  }

  @Test
  void doesNotStartWithoutAUsableSecret() {
    assertThatThrownBy(() -> start(new WebhookPlugin(), Map.of()))
        .hasRootCauseInstanceOf(IllegalArgumentException.class)
        .hasStackTraceContaining("secret: is required");
    assertThatThrownBy(() -> start(new WebhookPlugin(), Map.of("secret", "canary")))
        .hasRootCauseInstanceOf(IllegalArgumentException.class)
        .hasStackTraceContaining("whsec_ followed by base64");
  }

  private ConnectorHarness start(ChannelConnector connector, Map<String, ?> settings) {
    return ConnectorHarness.start(connector, settings, clock, ConnectorHarness.freshState());
  }

  private void assertUnsigned(HttpReply reply) {
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.headers()).containsEntry("Content-Type", "application/problem+json");
    assertThat(reply.text()).contains("urn:omnihub:problem:signature").doesNotContain("whsec");
  }

  private static void assertProblem(HttpReply reply, int status, String type) throws IOException {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.headers()).containsEntry("Content-Type", "application/problem+json");
    assertThat(json(reply).get("type").asText()).isEqualTo(type);
    assertThat(json(reply).get("status").intValue()).isEqualTo(status);
    assertThat(json(reply).get("title").asText()).isNotEmpty();
  }

  private static String batch(int size) {
    return IntStream.rangeClosed(1, size).mapToObj(n -> message("e" + n)).toList().toString();
  }

  private static JsonNode json(HttpReply reply) throws IOException {
    return json(reply.text());
  }

  private static JsonNode json(String text) throws IOException {
    return HubJson.mapper().readTree(text);
  }
}
