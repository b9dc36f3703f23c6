package io.omnihub.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * A recording of the hub by JDK Flight Recorder. On JDK 25 and newer samples go by processor time
 * and include what C code does; on older ones by running Java code only.
 */
final class Profile {
  private static final int ROWS = 30;
  private static final String OWN = "io.omnihub.";
  private static final String STORE = "io.omnihub.core.store.";
  private static final List<String> PLATFORM = List.of("java.", "jdk.", "sun.", "javax.");

  private final Map<String, Integer> frames = new HashMap<>();
  private final Map<String, Integer> libraries = new HashMap<>();
  private final Map<String, Integer> callers = new HashMap<>();
  private int samples;

  private Profile() {}

  /** Begins to record a warm hub. */
  static void begin(Program hub) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("JFR.start", "name=bench", "settings=profile"));
    if (Runtime.version().feature() >= 25) {
      command.add("jdk.CPUTimeSample#enabled=true");
      command.add("jdk.CPUTimeSample#throttle=10ms");
    }
    Jcmd.tell(hub, command);
  }

  /** Ends the recording and writes it to a file. */
  static void end(Program hub, Path file) throws IOException, InterruptedException {
    Jcmd.tell(hub, List.of("JFR.stop", "name=bench", "filename=" + file));
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
    return profile.table("nearest method of the hub outside its store", profile.callers)
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
    libraries.merge(library(stack), 1, Integer::sum);
    callers.merge(caller(stack), 1, Integer::sum);
  }

  /** The hub's method that is nearest to the top, with the store's own left out: who asked it. */
  private static String caller(List<RecordedFrame> stack) {
    return stack.stream()
        .filter(frame -> type(frame).startsWith(OWN) && !type(frame).startsWith(STORE))
        .findFirst()
        .map(Profile::method)
        .orElse(stack.stream().anyMatch(frame -> type(frame).startsWith(STORE)) ? STORE : "none");
  }

  /** The first three words of the nearest package that is not the JDK's: whose code it is. */
  private static String library(List<RecordedFrame> stack) {
    return stack.stream()
        .filter(frame -> PLATFORM.stream().noneMatch(type(frame)::startsWith))
        .findFirst()
        .map(frame -> List.of(type(frame).split("\\.")))
        .map(words -> String.join(".", words.subList(0, Math.min(3, words.size() - 1))))
        .orElse("JDK");
  }

  private static String type(RecordedFrame frame) {
    return frame.getMethod().getType().getName();
  }

  private static String method(RecordedFrame frame) {
    return type(frame) + "." + frame.getMethod().getName();
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
