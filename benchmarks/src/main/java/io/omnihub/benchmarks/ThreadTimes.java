package io.omnihub.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Processor time of one process by its threads, compiler and collector among them, which no profile
 * of Java code shows. Threads that differ in a number only are counted together.
 */
final class ThreadTimes {
  private final Map<String, Long> ticks = new HashMap<>();
  private Program watched;
  private Map<String, Long> before = Map.of();

  /** Says whose threads are of interest; those of all others are not. */
  void watch(Program program) {
    watched = program;
  }

  void begin(Program program) {
    if (program == watched) {
      before = read(program.pid());
    }
  }

  void end(Program program) {
    if (program == watched) {
      read(program.pid())
          .forEach(
              (name, now) -> ticks.merge(name, now - before.getOrDefault(name, 0L), Long::sum));
    }
  }

  private static Map<String, Long> read(long pid) {
    Map<String, Long> now = new HashMap<>();
    try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
      tasks.forEach(task -> add(now, task));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return now;
  }

  private static void add(Map<String, Long> now, Path task) {
    try {
      String stat = Files.readString(task.resolve("stat"));
      int end = stat.lastIndexOf(')');
      String[] fields = stat.substring(end + 2).split(" ");
      String name = stat.substring(stat.indexOf('(') + 1, end).replaceAll("[-#]\\d+.*", "");
      now.merge(name, Long.parseLong(fields[11]) + Long.parseLong(fields[12]), Long::sum);
    } catch (NoSuchFileException e) {
      // the thread has ended meanwhile
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The threads that took most, as Markdown. */
  String table(int most) {
    long all = Math.max(1, ticks.values().stream().mapToLong(Long::longValue).sum());
    List<Map.Entry<String, Long>> sorted =
        ticks.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .limit(most)
            .toList();
    Table table = new Table("threads of the hub", "share of its processor time");
    sorted.forEach(entry -> table.row(entry.getKey(), "%.1f %%", 100.0 * entry.getValue() / all));
    return table.toString();
  }
}
