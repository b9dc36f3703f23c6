package io.omnihub.channel.webhook;

import static io.omnihub.channel.webhook.Partner.NEW_SECRET;
import static io.omnihub.channel.webhook.Partner.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.json.HubJson;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.OutboundMessage;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.SendOutcome;
import io.omnihub.testkit.ManualClock;
import io.omnihub.testkit.harness.ConnectorHarness;
import io.omnihub.testkit.harness.Samples;
import io.omnihub.testkit.partner.WebhookSeal;
import io.omnihub.testkit.simulator.Fault;
import io.omnihub.testkit.simulator.Mischief;
import io.omnihub.testkit.simulator.SimulatedReply;
import io.omnihub.testkit.simulator.SimulatedRequest;
import io.omnihub.testkit.simulator.SimulatorServer;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class WebhookSendTest {
  private static final Identity TO = new Identity("webhook", ConnectorHarness.ACCOUNT, "u42");

  private final ManualClock clock = new ManualClock(Samples.NOON);
  private final Mischief mischief = new Mischief(1);
  private final List<SimulatedRequest> requests = new CopyOnWriteArrayList<>();
  private Function<SimulatedRequest, SimulatedReply> behaviour =
      request -> SimulatedReply.json(200, "{\"id\":\"p-7\"}");
  private final SimulatorServer partner = new SimulatorServer(0, mischief, this::take);
  private ConnectorHarness hub = start(Map.of());

  @AfterEach
  void stop() {
    hub.close();
    partner.close();
  }

  @Test
  void postsTheMessageOfTheContractSigned() throws IOException {
    OutboundMessage message = message(Part.Text.plain("你好"));

    assertThat(hub.send(message)).isEqualTo(SendOutcome.Accepted.as("p-7"));

    SimulatedRequest request = requests.getFirst();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/callback");
    assertThat(request.query()).containsExactly(Map.entry("token", "a b"));
    assertThat(request.headers()).containsEntry("content-type", "application/json");
    assertThat(request.headers())
        .containsEntry("webhook-timestamp", Long.toString(Samples.NOON.getEpochSecond()));
    assertThat(new WebhookSeal(SECRET).holds(request.headers(), request.body())).isTrue();
    JsonNode body = HubJson.mapper().readTree(request.body());
    assertThat(body.fieldNames())
        .toIterable()
        .containsExactly("id", "type", "to", "thread", "message");
    assertThat(body.get("id").asText()).isEqualTo(message.id());
    assertThat(body.get("type").asText()).isEqualTo("message");
    assertThat(body.at("/to/id").asText()).isEqualTo("u42");
    assertThat(body.get("thread").isNull()).isTrue();
    assertThat(body.at("/message/id").asText()).isEqualTo(message.id());
    assertThat(body.at("/message/direction").asText()).isEqualTo("outbound");
    assertThat(body.at("/message/parts/0/text").asText()).isEqualTo("你好");
  }

  @Test
  void showsTheFittedPartsWithAddressesThatHoldOutside() throws IOException {
    OutboundMessage fitted =
        withParts(
            message(Part.Text.plain("as written")),
            "order-889",
            List.of(
                new Part.Media(
                    Part.MediaKind.FILE,
                    "/api/v1/attachments/7",
                    "application/pdf",
                    9,
                    "a.pdf",
                    ""),
                new Part.Carousel(
                    List.of(new Part.Card("Hat", "", "/api/v1/attachments/8", List.of()))),
                new Part.Media(
                    Part.MediaKind.IMAGE, "https://cdn.example.com/a.png", "", 0, "", "")));

    hub.send(fitted);

    JsonNode body = HubJson.mapper().readTree(requests.getFirst().body());
    assertThat(body.get("thread").asText()).isEqualTo("order-889");
    assertThat(body.at("/message/parts")).hasSize(3);
    assertThat(body.at("/message/parts/0/type").asText()).isEqualTo("media");
    assertThat(body.at("/message/parts/0/url").asText())
        .isEqualTo("https://hub.example.test/api/v1/attachments/7");
    assertThat(body.at("/message/parts/1/cards/0/imageUrl").asText())
        .isEqualTo("https://hub.example.test/api/v1/attachments/8");
    assertThat(body.at("/message/parts/2/url").asText()).isEqualTo("https://cdn.example.com/a.png");
  }

  @Test
  void R12_everyAttemptCarriesTheSameWebhookId() {
    OutboundMessage message = message(Part.Text.plain("hi"));
    mischief.next(Fault.CUT_AFTER);

    assertThat(hub.send(message)).isInstanceOf(SendOutcome.Unknown.class);
    assertThat(hub.send(message)).isEqualTo(SendOutcome.Accepted.as("p-7"));
    hub.send(message(Part.Text.plain("hi")));

    List<String> ids =
        requests.stream().map(request -> request.headers().get("webhook-id")).toList();
    assertThat(ids).hasSize(3);
    assertThat(ids.get(0)).matches("[A-Za-z0-9_-]+").isEqualTo(ids.get(1)).isNotEqualTo(ids.get(2));
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, Accepted",
    "CUT_BEFORE, Unknown",
    "CUT_AFTER, Unknown",
    "THROTTLE, Throttled",
    "SERVER_ERROR, NotSent",
    "DELAY, Unknown",
    "DUPLICATE, Accepted",
    "REORDER, Accepted",
  })
  void R13_everyFaultHasItsOutcome(Fault fault, String outcome) {
    restart(Map.of("timeout", fault == Fault.DELAY ? "250ms" : "10s"));
    mischief.next(fault);

    SendOutcome result = hub.send(message(Part.Text.plain("hi")));

    assertThat(result.getClass().getSimpleName()).isEqualTo(outcome);
    assertThat(requests).hasSizeLessThanOrEqualTo(1);
    if (result instanceof SendOutcome.Throttled throttled) {
      assertThat(throttled.until()).isEqualTo(Samples.NOON.plusSeconds(1));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "201, Accepted, ",
    "204, Accepted, ",
    "302, Refused, CONFIG",
    "400, Refused, CONTENT_REJECTED",
    "401, Refused, AUTH",
    "403, Refused, AUTH",
    "404, Refused, CONFIG",
    "409, Refused, CONTENT_REJECTED",
    "410, Refused, CONFIG",
    "422, Refused, CONTENT_REJECTED",
    "429, Throttled, ",
    "500, NotSent, TRANSIENT",
    "502, Unknown, UNKNOWN_OUTCOME",
    "503, Throttled, ",
  })
  void mapsEveryStatus(int status, String outcome, Failure.Code code) {
    behaviour =
        request ->
            new SimulatedReply(
                status,
                Map.of("Retry-After", "7", "Location", partner.url() + "/elsewhere"),
                new byte[0]);

    SendOutcome result = hub.send(message(Part.Text.plain("hi")));

    assertThat(result.getClass().getSimpleName()).isEqualTo(outcome);
    assertThat(requests).hasSize(1);
    switch (result) {
      case SendOutcome.Refused refused -> assertThat(refused.failure().code()).isEqualTo(code);
      case SendOutcome.NotSent notSent -> assertThat(notSent.failure().code()).isEqualTo(code);
      case SendOutcome.Unknown unknown -> assertThat(unknown.failure().code()).isEqualTo(code);
      case SendOutcome.Throttled throttled ->
          assertThat(throttled.until()).isEqualTo(Samples.NOON.plusSeconds(7));
      case SendOutcome.Accepted accepted -> assertThat(accepted.providerIds()).hasSize(1);
    }
  }

  @Test
  void knowsThatNothingWasSentToAClosedPort() {
    partner.close();

    assertThat(hub.send(message(Part.Text.plain("hi")))).isInstanceOf(SendOutcome.NotSent.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "ok", "[]", "{}", "{\"id\":null}", "{\"id\":\"\"}", "{\"id\":{}}", "{\"id\":"})
  void takesAnyBodyOfAYes(String body) {
    behaviour = request -> SimulatedReply.json(200, body);
    OutboundMessage message = message(Part.Text.plain("hi"));

    assertThat(hub.send(message)).isEqualTo(SendOutcome.Accepted.as(message.id()));
  }

  @Test
  void takesANumberAsAnId() {
    behaviour = request -> SimulatedReply.json(200, "{\"id\":4711}");

    assertThat(hub.send(message(Part.Text.plain("hi")))).isEqualTo(SendOutcome.Accepted.as("4711"));
  }

  @Test
  void readsNoMoreOfAnAnswerThanItNeeds() {
    String endless = "{\"id\":\"p-8\",\"noise\":\"" + "x".repeat(8 << 20) + "\"}";
    behaviour = request -> SimulatedReply.json(200, endless);
    OutboundMessage message = message(Part.Text.plain("hi"));

    assertThat(hub.send(message)).isEqualTo(SendOutcome.Accepted.as(message.id()));
    behaviour = request -> SimulatedReply.json(200, "{\"id\":\"p-9\"}");
    assertThat(hub.send(message)).isEqualTo(SendOutcome.Accepted.as("p-9"));
  }

  @Test
  void refusesToSendWithoutAnAddress() {
    hub.close();
    hub = ConnectorHarness.start(new WebhookPlugin(), Map.of("secret", SECRET));

    assertThat(hub.send(message(Part.Text.plain("hi"))))
        .isInstanceOfSatisfying(
            SendOutcome.Refused.class,
            refused -> assertThat(refused.failure().code()).isEqualTo(Failure.Code.CONFIG));
  }

  @Test
  void signsWithTheFirstSecret() {
    hub.close();
    hub =
        ConnectorHarness.start(
            new WebhookPlugin(),
            Map.of("secrets", List.of(NEW_SECRET, SECRET), "callback-url", callback()));

    hub.send(message(Part.Text.plain("hi")));

    SimulatedRequest request = requests.getFirst();
    assertThat(new WebhookSeal(NEW_SECRET).holds(request.headers(), request.body())).isTrue();
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
      mischief.next(Fault.NONE, Fault.SERVER_ERROR, Fault.CUT_AFTER, Fault.DELAY);
      for (int attempt = 0; attempt < 4; attempt++) {
        assertThat(hub.send(message(Part.Text.plain("hi"))).toString())
            .doesNotContain(secretBytes())
            .doesNotContain("token=");
      }
      Partner.post(hub, Partner.STRANGE_SECRET, clock.instant(), Partner.message("e1"));
    } finally {
      root.setLevel(before);
      root.detachAppender(log);
    }
    assertThat(List.copyOf(log.list))
        .isNotEmpty()
        .noneMatch(event -> event.getFormattedMessage().contains(secretBytes()));
  }

  private static String secretBytes() {
    return SECRET.substring("whsec_".length());
  }

  private void restart(Map<String, String> more) {
    hub.close();
    hub = start(more);
  }

  private ConnectorHarness start(Map<String, String> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("secret", SECRET);
    settings.put("callback-url", callback());
    return ConnectorHarness.start(
        new WebhookPlugin(), settings, clock, ConnectorHarness.freshState());
  }

  private String callback() {
    URI url = partner.url();
    return url + "/callback?token=a%20b";
  }

  private SimulatedReply take(SimulatedRequest request) {
    requests.add(request);
    return behaviour.apply(request);
  }

  private static OutboundMessage message(Part part) {
    return Samples.outbound(TO, part);
  }

  private static OutboundMessage withParts(
      OutboundMessage message, String thread, List<Part> parts) {
    return new OutboundMessage(
        message.id(),
        message.key(),
        message.conversationId(),
        message.identity(),
        message.address(),
        thread,
        message.subject(),
        message.author(),
        parts,
        message.replyTo(),
        message.references(),
        message.attributes(),
        message.whole());
  }
}
