package io.omnihub.dist;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.json.HubJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** The distribution's launcher as a process of its own. */
public final class HubProcess implements AutoCloseable {
  /** The admin's key that configurations of tests name. */
  public static final String KEY = "key-of-the-test";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final URI url;
  private final String readyLine;

  private HubProcess(Process process, URI url, String readyLine) {
    this.process = process;
    this.url = url;
    this.readyLine = readyLine;
  }

  /** What a command that ends printed. */
  public record Ended(int code, String out, String err) {}

  /** The launcher of the packed distribution. */
  public static Path launcher() {
    String folder = System.getProperty("omnihub.dist");
    if (folder == null) {
      throw new AssertionError("run by Maven, which names the packed distribution in omnihub.dist");
    }
    return Path.of(folder, "bin", "omnihub");
  }

  private static ProcessBuilder command(Path folder, String... arguments) {
    List<String> command = new ArrayList<>(List.of(launcher().toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).directory(folder.toFile());
  }

  /** Runs a command to its end. */
  public static Ended run(Path folder, String... arguments) {
    try {
      Path out = Files.createTempFile(folder, "out", ".txt");
      Path err = Files.createTempFile(folder, "err", ".txt");
      Process process =
          command(folder, arguments)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the command did not end: " + List.of(arguments));
      }
      return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /**
   * Starts a hub in a folder that holds an omnihub.yaml, and waits until it is ready. Its log goes
   * to hub.log there.
   */
  public static HubProcess serve(Path folder) {
    return serve(folder, Map.of());
  }

  /** The same with variables of the environment and options of the command. */
  public static HubProcess serve(Path folder, Map<String, String> environment, String... options) {
    try {
      Process process = launch(folder, environment, options);
      AtomicBoolean ready = new AtomicBoolean();
      CompletableFuture.delayedExecutor(PATIENCE.toSeconds(), TimeUnit.SECONDS)
          .execute(() -> endUnless(ready, process));
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith("ready in ")) {
          ready.set(true);
          return new HubProcess(process, URI.create(line.substring(line.indexOf("http://"))), line);
        }
      }
      throw new AssertionError(
          "the hub did not start:\n" + Files.readString(folder.resolve("hub.log")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Process launch(Path folder, Map<String, String> environment, String... options)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("serve"));
    arguments.addAll(List.of(options));
    ProcessBuilder builder = command(folder, arguments.toArray(String[]::new));
    builder.environment().putAll(environment);
    return builder
        .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("hub.log").toFile()))
        .start();
  }

  private static void endUnless(AtomicBoolean ready, Process process) {
    if (!ready.get()) {
      process.destroyForcibly();
    }
  }

  /** The id of the process. */
  public long pid() {
    return process.pid();
  }

  /** Starts a hub and kills it after so long, whether it is ready by then or not. */
  public static void serveAndKill(Path folder, Duration after) {
    try {
      Process process = launch(folder, Map.of());
      if (process.waitFor(after.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(
            "the hub did not start:\n" + Files.readString(folder.resolve("hub.log")));
      }
      process.destroyForcibly().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** A port that is free now. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens. */
  public URI url() {
    return url;
  }

  /** The line that says so. */
  public String readyLine() {
    return readyLine;
  }

  /** What it printed besides the line that says that it is ready; once it has ended. */
  public String printed() {
    return process.inputReader(StandardCharsets.UTF_8).lines().collect(Collectors.joining("\n"));
  }

  /** SIGKILL: nothing of the hub runs after this. */
  public void kill() {
    process.destroyForcibly();
    join();
  }

  /** SIGTERM; answers the exit code. */
  public int terminate() {
    // by its handle, because Process.destroy closes what it has printed before anybody has read it
    boolean unused = process.toHandle().destroy();
    return join();
  }

  private int join() {
    try {
      if (!process.waitFor(40, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the hub did not end");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** A GET of the API. */
  public JsonNode get(HttpClient client, String path) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(url.resolve("/api/v1" + path))
              .header("Authorization", "Bearer " + KEY)
              .build();
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new AssertionError(
            path + " answered " + response.statusCode() + ": " + response.body());
      }
      return HubJson.mapper().readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }
}
