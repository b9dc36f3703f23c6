package io.omnihub.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A running process that takes updates: the hub, or the bare hops. */
final class Program {
  private static final List<Process> STARTED = new CopyOnWriteArrayList<>();

  private final Process process;
  private final URI url;
  private final Duration start;

  private Program(Process process, URI url, Duration start) {
    this.process = process;
    this.url = url;
    this.start = start;
  }

  /**
   * Starts a process and waits for the line {@code ready in … on http://…} on its output.
   *
   * @param log takes its error output
   * @throws IllegalStateException when it ends instead
   */
  static Program start(ProcessBuilder command, Path log) {
    try {
      long begin = System.nanoTime();
      Process process =
          command.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
      STARTED.add(process);
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith("ready in ")) {
          Thread.ofVirtual().start(() -> drain(out));
          return new Program(
              process,
              URI.create(line.substring(line.indexOf("http://")).strip()),
              Duration.ofNanos(System.nanoTime() - begin));
        }
      }
      throw new IllegalStateException("did not start:\n" + Files.readString(log));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void drain(BufferedReader out) {
    try {
      while (out.readLine() != null) {
        // what it prints later is of no interest, but must not fill the pipe
      }
    } catch (IOException e) {
      // the process has ended
    }
  }

  URI url() {
    return url;
  }

  long pid() {
    return process.pid();
  }

  /** From the start of the launcher to the line that tells it is ready. */
  Duration start() {
    return start;
  }

  /** User and system time of the process so far. */
  Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** What the process holds of the machine's memory, in MiB. */
  long residentMebibytes() {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid() + "/status")).stream()
          .filter(line -> line.startsWith("VmRSS"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends all that was started and still runs. */
  static void killAll() {
    STARTED.forEach(Process::destroyForcibly);
    STARTED.forEach(process -> process.onExit().join());
  }

  /** Ends it as an operator would. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(40, TimeUnit.SECONDS)) {
      kill();
    }
  }

  /** Ends it as a failing machine would. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }
}
