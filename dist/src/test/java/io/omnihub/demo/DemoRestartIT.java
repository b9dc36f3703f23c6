package io.omnihub.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a demo leaves behind, and what it lets in. */
final class DemoRestartIT {
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    http.close();
  }

  @Test
  void aSignalEndsItWithZeroAndItsFolderIsGone() throws Exception {
    try (DemoProcess demo = DemoProcess.start()) {
      Path folder = demo.folder();
      assertThat(folder.resolve("omnihub.db")).exists();
      assertThat(demo.end()).isZero();
      assertThat(folder).doesNotExist();
    }
  }

  @Test
  void aPortThatIsTakenIsToldAndNothingIsLeft(@TempDir Path temporary) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ProcessBuilder command =
          DemoProcess.command("--port", Integer.toString(taken.getLocalPort()));
      command.environment().put("OMNIHUB_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary);
      Process demo = command.start();
      assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(demo.exitValue()).isEqualTo(1);
      assertThat(new String(demo.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("omnihub: ");
      assertThat(temporary).isDirectoryNotContaining("glob:**/omnihub-demo-*");
    }
  }

  @Test
  void aKeptFolderGoesOnWithTheSameConversations(@TempDir Path data) throws Exception {
    try (DemoProcess demo = DemoProcess.start("--data", data.toString())) {
      write(demo.url(), "before");
      awaitMessage(demo.url(), "before");
      assertThat(demo.end()).isZero();
    }
    String keys = Files.readString(data.resolve("demo.properties"));
    try (DemoProcess demo = DemoProcess.start("--data", data.toString())) {
      write(demo.url(), "after");
      awaitMessage(demo.url(), "after");
      awaitMessage(demo.url(), "before");
      assertThat(keys).contains(firstKey(data));
    }
  }

  @Test
  void onlyItsOwnPageGetsThroughToTheApi() throws Exception {
    try (DemoProcess demo = DemoProcess.start()) {
      URI conversations = demo.url().resolve("/demo/hub/conversations");
      assertThat(get(conversations, "Accept", "*/*").statusCode()).isEqualTo(403);
      assertThat(get(conversations, "Origin", "http://evil.example").statusCode()).isEqualTo(403);
      assertThat(get(conversations, "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(403);
      assertThat(get(conversations, "Sec-Fetch-Site", "same-origin").statusCode()).isEqualTo(200);
      assertThat(get(conversations, "Origin", demo.url().toString()).statusCode()).isEqualTo(200);
    }
  }

  private void write(URI hub, String text) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(hub.resolve("/demo/api/telegram"))
            .header("Origin", hub.toString())
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"person\":\"ann\",\"text\":\"" + text + "\"}"))
            .build();
    assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
  }

  private void awaitMessage(URI hub, String text) {
    URI messages = hub.resolve("/demo/hub/messages?account=shop-telegram&limit=100");
    Await.until(
        "a message " + text,
        Duration.ofSeconds(20),
        () -> body(messages, hub).contains("\"text\":\"" + text + "\""));
  }

  private String body(URI address, URI origin) {
    try {
      return get(address, "Origin", origin.toString()).body();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private HttpResponse<String> get(URI address, String header, String value)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address).header(header, value).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static String firstKey(Path data) throws IOException {
    return Files.readAllLines(data.resolve("demo.properties")).stream()
        .filter(line -> line.startsWith("agent-key"))
        .findFirst()
        .orElseThrow();
  }
}
