package io.omnihub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands, as a user types them. */
final class CommandLineIT {
  @TempDir Path folder;

  private void config(String yaml) throws IOException {
    Files.writeString(folder.resolve("omnihub.yaml"), yaml);
  }

  private static final String SMALL =
      """
      server: { port: 0 }
      security: { api-keys: [ { name: test, role: admin, key: key-of-the-test } ] }
      channels: { site-chat: { plugin: webchat } }
      backends: { desk: { plugin: desk } }
      """;

  @Test
  void versionTellsItselfAndTheJava() {
    HubProcess.Ended ended = HubProcess.run(folder, "version");
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).startsWith("omnihub 0.1.0").contains("Java ");
  }

  @Test
  void pluginsAreListedAndNoneIsOnTheHubsClassPath() throws IOException {
    HubProcess.Ended ended = HubProcess.run(folder, "plugins");
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).contains("telegram", "email", "webhook", "webchat", "http", "faq");
    try (var jars = Files.list(HubProcess.launcher().resolveSibling("../lib").normalize())) {
      assertThat(jars.map(jar -> jar.getFileName().toString()))
          .noneMatch(
              name ->
                  name.startsWith("channel-")
                      || name.startsWith("backend-")
                      || name.startsWith("lucene"));
    }
  }

  @Test
  void everyMistakeOfTheConfigurationIsToldWithItsLine() throws IOException {
    config(
        """
        server: { port: many, colour: red }
        channels:
          shop: { plugin: telegram, token: "${OMNIHUB_TEST_NO_SUCH_VARIABLE}" }
          other: { plugin: nothing }
        backends:
          bot: { plugin: http, timeout: soon }
        routing:
          - { to: [robot] }
        """);
    HubProcess.Ended ended = HubProcess.run(folder, "check");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.out())
        .contains("omnihub.yaml:1: server.port:", "omnihub.yaml:1: server.colour:")
        .contains(
            "omnihub.yaml:3: channels.shop.token: the environment variable OMNIHUB_TEST_NO_SUCH_VARIABLE")
        .contains("omnihub.yaml:4: channels.other.plugin:")
        .contains("omnihub.yaml:6: backends.bot.timeout:", "omnihub.yaml:6: backends.bot.url:")
        .contains("omnihub.yaml:8: routing.0.to: there is no backend 'robot'");
    HubProcess.Ended served = HubProcess.run(folder, "serve");
    assertThat(served.code()).isEqualTo(2);
    assertThat(served.err()).isEqualTo(ended.out());
  }

  @Test
  void serveSaysReadyTakesASignalAndEndsWithZero() throws IOException {
    config(SMALL);
    try (HubProcess hub = HubProcess.serve(folder)) {
      assertThat(hub.readyLine()).matches("ready in \\d+ ms on http://127\\.0\\.0\\.1:\\d+");
      assertThat(hub.terminate()).isZero();
    }
  }

  @Test
  void aSecondHubOnTheSameStoreIsRefused() throws IOException {
    config(SMALL);
    try (HubProcess hub = HubProcess.serve(folder)) {
      HubProcess.Ended second = HubProcess.run(folder, "serve");
      assertThat(second.code()).isEqualTo(1);
      assertThat(second.err()).contains("another hub has the store");
      assertThat(hub.terminate()).isZero();
    }
  }

  @Test
  void aKeyIsShownOnceAndARunningHubKnowsIt() throws Exception {
    config(SMALL);
    try (HubProcess hub = HubProcess.serve(folder)) {
      HubProcess.Ended created =
          HubProcess.run(folder, "keys", "create", "--name", "ops", "--role", "supervisor");
      assertThat(created.code()).isZero();
      String key = created.out().strip();
      var request =
          java.net.http.HttpRequest.newBuilder(hub.url().resolve("/api/v1/conversations"))
              .header("Authorization", "Bearer " + key)
              .build();
      var response =
          HttpClient.newHttpClient()
              .send(request, java.net.http.HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(
              HubProcess.run(folder, "keys", "create", "--name", "ops", "--role", "admin").code())
          .isEqualTo(2);
      assertThat(HubProcess.run(folder, "keys", "create", "--name", "x", "--role", "king").code())
          .isEqualTo(2);
    }
  }

  @Test
  void wrongUsageIsCodeTwoInOneLine() {
    HubProcess.Ended ended = HubProcess.run(folder, "fly");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err().lines()).hasSize(1);
    assertThat(HubProcess.run(folder, "serve").err())
        .contains("there is no omnihub.yaml")
        .doesNotContain("\tat ");
  }
}
