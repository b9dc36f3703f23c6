package io.omnihub.channel.telegram;

import static io.omnihub.channel.telegram.TelegramSamples.ANN;
import static io.omnihub.channel.telegram.TelegramSamples.ANN_ID;
import static io.omnihub.channel.telegram.TelegramSamples.TOKEN;
import static io.omnihub.channel.telegram.TelegramSamples.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.SendOutcome;
import io.omnihub.testkit.Await;
import io.omnihub.testkit.harness.ConnectorHarness;
import io.omnihub.testkit.harness.Samples;
import io.omnihub.testkit.simulator.Fault;
import io.omnihub.testkit.telegram.TelegramSimulator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class TelegramSecrecyTest {
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Logger ours = (Logger) LoggerFactory.getLogger("io.omnihub");
  private final TelegramSimulator telegram = new TelegramSimulator(0, TOKEN, 7);

  @BeforeEach
  void listen() {
    log.start();
    root.addAppender(log);
    ours.setLevel(Level.TRACE);
  }

  @AfterEach
  void stop() {
    telegram.close();
    root.detachAppender(log);
    ours.setLevel(null);
  }

  @Test
  void R32_neitherSecretsNorWordsAreLoggedWhateverGoesWrong() {
    UpdatesPoller.Backoff shortly =
        new UpdatesPoller.Backoff(Duration.ofMillis(5), Duration.ofMillis(20));
    telegram.apiMischief().next(Fault.CUT_BEFORE, Fault.SERVER_ERROR, Fault.THROTTLE);
    try (ConnectorHarness hub =
        ConnectorHarness.start(
            new TelegramPlugin(shortly), settings(telegram.url().toString(), "mode", "polling"))) {
      telegram.customerWrites(ANN, "canary words");
      hub.awaitEvents(1);
      telegram.apiMischief().next(Fault.CUT_AFTER, Fault.SERVER_ERROR, Fault.CUT_BEFORE);
      List<SendOutcome> outcomes =
          List.of(send(hub), send(hub), send(hub), send(hub), sendTo(hub, "99"));
      assertThat(outcomes.toString()).doesNotContain("canary");
      Throwable failure = catchThrowable(() -> hub.fetch("canary-file"));
      assertThat(ThrowableTexts.of(failure)).doesNotContain(TOKEN);
      telegram.apiMischief().rate(Fault.CUT_BEFORE, 1);
      telegram.customerWrites(ANN, "canary words that end the poll");
      Await.until(
          "polls to fail",
          () -> messages().stream().filter(text -> text.contains("polling failed")).count() > 2);
    }
    assertThat(messages()).isNotEmpty().noneMatch(text -> text.contains("canary"));
  }

  @Test
  void R32_aWebhookThatFailsLogsNoSecret() {
    try (ConnectorHarness hub =
        ConnectorHarness.start(new TelegramPlugin(), settings("http://127.0.0.1:9"))) {
      Await.until(
          "the warning",
          () -> messages().stream().anyMatch(text -> text.contains("setWebhook failed")));
      hub.webhook("{\"canary\":", Map.of());
    }
    assertThat(messages()).noneMatch(text -> text.contains("canary"));
  }

  private static SendOutcome send(ConnectorHarness hub) {
    return sendTo(hub, "42");
  }

  private static SendOutcome sendTo(ConnectorHarness hub, String address) {
    return hub.send(
        Samples.outbound(
            ANN_ID, address, "", List.of(), List.of(Part.Text.plain("canary answer"))));
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

  /** A failure with its causes, as a log would show it. */
  private static final class ThrowableTexts {
    static String of(Throwable failure) {
      StringBuilder text = new StringBuilder();
      for (Throwable each = failure; each != null; each = each.getCause()) {
        text.append(each).append('\n');
      }
      return text.toString();
    }
  }
}
