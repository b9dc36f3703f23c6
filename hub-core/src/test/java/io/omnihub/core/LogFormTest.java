package io.omnihub.core;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.json.HubJson;
import io.omnihub.core.telemetry.LogLines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** What a line of the log looks like, by the hub's own configuration of it. */
final class LogFormTest {
  private static Exception failure() {
    Exception failure =
        new IllegalStateException("canary", new IllegalArgumentException("canary of the cause"));
    failure.addSuppressed(new IOException("canary beside it"));
    return failure;
  }

  @Test
  void R32_aStackTraceInTextShowsWhatAndWhereButNoWords() throws JoranException {
    String lines = written("text");
    assertThat(lines)
        .contains("WARN", "it failed", "conversation=c1", "message=m1", "account=\"chat\"")
        .contains("IllegalStateException", "IllegalArgumentException", "IOException")
        .contains("at io.omnihub.core.LogFormTest")
        .doesNotContain("canary");
  }

  @Test
  void R32_aLineOfJsonHasTheIdsAsFieldsAndNoWordsOfFailures() throws JoranException, IOException {
    String lines = written("json");
    assertThat(lines.lines()).hasSize(1);
    JsonNode line = HubJson.mapper().readTree(lines);
    assertThat(line.get("level").asText()).isEqualTo("WARN");
    assertThat(line.get("formattedMessage").asText()).isEqualTo("it failed");
    assertThat(line.get("mdc").get("conversation").asText()).isEqualTo("c1");
    assertThat(line.get("mdc").get("message").asText()).isEqualTo("m1");
    assertThat(line.get("kvpList").get(0).get("account").asText()).isEqualTo("chat");
    assertThat(line.get("throwable").get("className").asText())
        .isEqualTo("java.lang.IllegalStateException");
    assertThat(lines).contains("IllegalArgumentException", "LogFormTest").doesNotContain("canary");
  }

  @Test
  void aLineIsAboutNothingOnceTheWorkIsDone() {
    String inside = LogLines.about("c1", "m1", () -> MDC.get(LogLines.MESSAGE));
    assertThat(inside).isEqualTo("m1");
    assertThat(MDC.get(LogLines.MESSAGE)).isNull();
    assertThat(MDC.get(LogLines.CONVERSATION)).isNull();
  }

  /** What the hub would print about a failure, with the log in a form. */
  private static String written(String form) throws JoranException {
    PrintStream before = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(MDC.getMDCAdapter());
    context.putProperty("OMNIHUB_LOG", form);
    try {
      JoranConfigurator configurator = new JoranConfigurator();
      configurator.setContext(context);
      configurator.doConfigure(LogFormTest.class.getResource("/logback.xml"));
      LogLines.about(
          "c1",
          "m1",
          () -> {
            context
                .getLogger("io.omnihub.test")
                .atWarn()
                .addKeyValue("account", "chat")
                .setCause(failure())
                .log("it {}", "failed");
            return true;
          });
    } finally {
      context.stop();
      System.setErr(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
