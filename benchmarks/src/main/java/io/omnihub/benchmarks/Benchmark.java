package io.omnihub.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The command line of the benchmark; {@code benchmarks/run.sh} builds and calls it. */
public final class Benchmark {
  private static final Set<String> OPTIONS =
      Set.of(
          "launcher",
          "store",
          "people",
          "connections",
          "pairs",
          "window",
          "warm-up",
          "jfr",
          "java-options",
          "rates",
          "seconds",
          "step",
          "conversations",
          "small",
          "messages",
          "entries");

  private Benchmark() {}

  /** Arguments: the mode, then options. */
  public static void main(String[] arguments) throws Exception {
    List<String> all = Arrays.asList(arguments);
    Options options = Options.of(all.subList(1, all.size()), OPTIONS);
    if (all.getFirst().equals("profile")) {
      System.out.println(Profile.read(options.file("jfr").orElseThrow()));
      return;
    }
    Path folder = Files.createTempDirectory("omnihub-bench");
    Runtime.getRuntime().addShutdownHook(new Thread(Program::killAll));
    try {
      Load load = Load.of(options);
      System.out.println(heading(all.getFirst(), options));
      mode(all.getFirst(), load, options).run(folder);
    } catch (Exception e) {
      e.printStackTrace();
      System.err.println("what the programs wrote is in " + folder);
      System.exit(1);
    }
    Program.killAll();
    Database.Postgres.stopAll();
    delete(folder);
    System.exit(0);
  }

  private static Mode mode(String name, Load load, Options options) {
    return switch (name) {
      case "closed" -> new Throughput(load, options);
      case "open" -> new Latency(load, options);
      case "soak" -> new Soak(load, options);
      case "silent" -> Growth.silent(load, options);
      case "volume" -> Growth.volume(load, options);
      case "start" -> new Starts(load, options);
      case "restart" -> new Restart(load, options);
      default ->
          throw new IllegalArgumentException(
              "no mode "
                  + name
                  + "; there are: closed open soak silent volume start restart profile");
    };
  }

  private static String heading(String mode, Options options) {
    return "%s, %s, %d cores, %s %s%n"
        .formatted(
            mode,
            options.text("store", "sqlite"),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("java.vendor.version"),
            System.getProperty("java.version"));
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
