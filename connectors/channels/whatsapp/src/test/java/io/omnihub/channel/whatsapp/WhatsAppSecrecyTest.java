package io.omnihub.channel.whatsapp;

import static io.omnihub.channel.whatsapp.WhatsAppSamples.ANN;
import static io.omnihub.channel.whatsapp.WhatsAppSamples.ANN_ID;
import static io.omnihub.channel.whatsapp.WhatsAppSamples.BUSINESS;
import static io.omnihub.channel.whatsapp.WhatsAppSamples.message;
import static io.omnihub.channel.whatsapp.WhatsAppSamples.post;
import static io.omnihub.channel.whatsapp.WhatsAppSamples.settings;
import static io.omnihub.channel.whatsapp.WhatsAppSamples.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.omnihub.api.config.Settings;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.SendOutcome;
import io.omnihub.testkit.harness.ConnectorHarness;
import io.omnihub.testkit.harness.Samples;
import io.omnihub.testkit.simulator.Fault;
import io.omnihub.testkit.whatsapp.WhatsAppSimulator;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class WhatsAppSecrecyTest {
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Logger ours = (Logger) LoggerFactory.getLogger("io.omnihub");
  private final WhatsAppSimulator whatsapp =
      new WhatsAppSimulator(0, BUSINESS, 7, Clock.systemUTC());

  @BeforeEach
  void listen() {
    log.start();
    root.addAppender(log);
    ours.setLevel(Level.TRACE);
  }

  @AfterEach
  void stop() {
    whatsapp.close();
    root.detachAppender(log);
    ours.setLevel(null);
  }

  @Test
  void R32_neitherSecretsNorWordsAreLoggedWhateverGoesWrong() {
    try (ConnectorHarness hub =
        ConnectorHarness.start(
            new WhatsAppPlugin(), settings(whatsapp.url().toString(), "signature", "shadow"))) {
      String words = message("\"type\":\"text\",\"text\":{\"body\":\"canary words\"}");
      hub.webhook(words, Map.of("X-Hub-Signature-256", "canary-signature"));
      post(hub, words.replace("\"777\"", "\"778\""));
      post(hub, "{\"canary\":");
      hub.remember(written(Clock.systemUTC().instant(), "wamid.in", Map.of()));
      whatsapp.apiMischief().next(Fault.CUT_AFTER, Fault.SERVER_ERROR, Fault.CUT_BEFORE);
      List<SendOutcome> outcomes = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        outcomes.add(
            hub.send(
                Samples.outbound(
                    ANN_ID,
                    ANN.number(),
                    "",
                    List.of(),
                    List.of(Part.Text.plain("canary answer")))));
      }
      assertThat(outcomes.toString()).doesNotContain("canary", ANN.number());
      assertThat(catchThrowable(() -> hub.fetch("4711")))
          .satisfies(e -> assertThat(e.toString() + e.getCause()).doesNotContain("canary"));
    }
    assertThat(messages())
        .isNotEmpty()
        .noneMatch(text -> text.contains("canary") || text.contains(ANN.number()));
  }

  @ParameterizedTest
  @CsvSource({
    "phone-number-id, a/b, phone-number-id",
    "business-account-id, '1 2', business-account-id",
    "api-url, ftp://e.example, api-url",
    "access-token, 'canary with spaces', access-token",
  })
  void wrongSettingsAreNamedAndNotShown(String key, String value, String named) {
    Settings settings =
        WhatsAppConfig.SPEC.resolve(settings("http://127.0.0.1:1", key, value)).orThrow();
    assertThat(catchThrowable(() -> WhatsAppConfig.of(settings)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(named)
        .hasMessageNotContaining("canary");
  }

  private List<String> messages() {
    return List.copyOf(log.list).stream()
        .map(
            event ->
                event.getFormattedMessage()
                    + (event.getThrowableProxy() == null
                        ? ""
                        : ThrowableProxyUtil.asString(event.getThrowableProxy())))
        .toList();
  }
}
