package io.omnihub.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * A recording of the hub by JDK Flight Recorder. On JDK 25 and newer samples go by processor time
 * and include what C code does; on older ones by running Java code only.
 */
final class Profile {
  private static final int ROWS = 30;
  private static final List<String> OWN = List.of("io.omnihub.");
  private static final List<String> PLATFORM = List.of("java.", "jdk.", "sun.", "javax.");

  private final Map<String, Integer> frames = new HashMap<>();
  private final Map<String, Integer> libraries = new HashMap<>();
  private final Map<String, Integer> rooms = new HashMap<>();
  private int samples;

  private Profile() {}

  /** Begins to record a warm hub. */
  static void begin(Program hub) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("JFR.start", "name=bench", "settings=profile"));
    if (Runtime.version().feature() >= 25) {
      command.add("jdk.CPUTimeSample#enabled=true");
      command.add("jdk.CPUTimeSample#throttle=10ms");
    }
    tell(hub, command);
  }

  /** Ends the recording and writes it to a file. */
  static void end(Program hub, Path file) throws IOException, InterruptedException {
    tell(hub, List.of("JFR.stop", "name=bench", "filename=" + file));
  }

  private static void tell(Program hub, List<String> words)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(hub.pid())));
    command.addAll(words);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IllegalStateException("jcmd failed: " + out);
    }
  }

  /** The shares of frames, libraries and of the hub's own methods, as Markdown. */
  static String read(Path file) throws IOException {
    Profile profile = new Profile();
    boolean byProcessor = Runtime.version().feature() >= 25;
    try (RecordingFile recording = new RecordingFile(file)) {
      while (recording.hasMoreEvents()) {
        RecordedEvent event = recording.readEvent();
        String type = event.getEventType().getName();
        if (type.equals(byProcessor ? "jdk.CPUTimeSample" : "jdk.ExecutionSample")) {
          profile.add(event);
        }
      }
    }
    return profile.table("innermost method of the hub", profile.rooms)
        + "\n"
        + profile.table("library at the top", profile.libraries)
        + "\n"
        + profile.table("method at the top", profile.frames);
  }

  private void add(RecordedEvent event) {
    if (event.getStackTrace() == null || event.getStackTrace().getFrames().isEmpty()) {
      return;
    }
    List<RecordedFrame> stack = event.getStackTrace().getFrames();
    samples++;
    frames.merge(method(stack.getFirst()), 1, Integer::sum);
    libraries.merge(
        first(stack, PLATFORM, false).map(Profile::library).orElse("JDK"), 1, Integer::sum);
    rooms.merge(
        first(stack, OWN, true).map(Profile::method).orElse("(none of the hub)"), 1, Integer::sum);
  }

  /**
   * The frame nearest to the top whose class begins with one of the words, or with none of them.
   */
  private static Optional<RecordedFrame> first(
      List<RecordedFrame> stack, List<String> words, boolean wanted) {
    return stack.stream()
        .filter(frame -> words.stream().anyMatch(type(frame)::startsWith) == wanted)
        .findFirst();
  }

  private static String type(RecordedFrame frame) {
    return frame.getMethod().getType().getName();
  }

  private static String method(RecordedFrame frame) {
    return type(frame) + "." + frame.getMethod().getName();
  }

  /** The first three words of the package, which tell whose it is. */
  private static String library(RecordedFrame frame) {
    String[] words = type(frame).split("\\.");
    return String.join(".", List.of(words).subList(0, Math.min(3, words.length - 1)));
  }

  private String table(String what, Map<String, Integer> counts) {
    Table table = new Table(what, "share of " + samples + " samples");
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(ROWS)
        .forEach(entry -> table.row(entry.getKey(), "%.1f %%", 100.0 * entry.getValue() / samples));
    return table.toString();
  }
}
