package io.omnihub.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged demo as a process of its own. */
final class DemoProcess implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("ready in \\d+ ms on (http://\\S+)");
  private static final Pattern FOLDER = Pattern.compile("Data\\s+(\\S+) \\(");

  private final Process process;
  private final CompletableFuture<URI> url = new CompletableFuture<>();
  private final CompletableFuture<Path> folder = new CompletableFuture<>();
  private final List<String> said = new ArrayList<>();

  private DemoProcess(Process process) {
    this.process = process;
    Thread.ofVirtual().start(this::listen);
  }

  /** Starts {@code omnihub demo --port 0} with further arguments. */
  static DemoProcess start(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("--port", "0"));
    all.addAll(List.of(arguments));
    return new DemoProcess(command(all.toArray(String[]::new)).start());
  }

  /** The command that starts it, with these arguments. */
  static ProcessBuilder command(String... arguments) {
    String home = System.getProperty("omnihub.dist", "target/omnihub");
    List<String> command = new ArrayList<>(List.of(home + "/bin/omnihub", "demo"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true);
  }

  /** Where it is, once it says so. */
  URI url() throws Exception {
    return url.get(60, TimeUnit.SECONDS);
  }

  /** Where it keeps its data. */
  Path folder() throws Exception {
    return folder.get(60, TimeUnit.SECONDS);
  }

  /** Ends it as an operator does; the exit code. */
  int end() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(40, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the demo does not end");
    }
    return process.exitValue();
  }

  /** Lets it clean up first. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(40, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void listen() {
    try (BufferedReader reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        said.add(line);
        Matcher ready = READY.matcher(line);
        if (ready.find()) {
          url.complete(URI.create(ready.group(1)));
        }
        Matcher data = FOLDER.matcher(line);
        if (data.find()) {
          folder.complete(Path.of(data.group(1)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      IllegalStateException ended = new IllegalStateException("the demo ended: " + said);
      url.completeExceptionally(ended);
      folder.completeExceptionally(ended);
    }
  }
}
