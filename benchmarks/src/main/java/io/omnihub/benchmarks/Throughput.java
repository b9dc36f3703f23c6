package io.omnihub.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Closed loop: the hub, the bare program and a copy of the bare program in turns, in short windows
 * beside each other, so that what disturbs the machine disturbs them alike.
 */
final class Throughput implements Mode {
  private final Load load;
  private final Options options;
  private final ThreadTimes threads = new ThreadTimes();

  Throughput(Load load, Options options) {
    this.load = load;
    this.options = options;
  }

  /** One window of each, right after one another. */
  private record Round(Window bare, Window hub, Window copy) {}

  @Override
  public void run(Path folder) throws IOException, InterruptedException {
    Database database = Database.of(options, folder);
    Programs programs = new Programs(options, load, database, folder);
    Meter meter = new Meter(load, database, threads);
    Program bare = programs.bare();
    Program copy = programs.bare();
    Program hub = programs.hub();
    List<Integer> connections = options.numbers("connections", "64,256");
    warm(meter, connections.getLast(), bare, copy, hub);
    threads.watch(hub);
    Optional<Path> file = options.file("jfr");
    if (file.isPresent()) {
      Profile.begin(hub);
    }
    Table table =
        new Table(
            "connections",
            "bare/s",
            "hub/s",
            "hub to bare",
            "copy to bare",
            "bare µs",
            "hub µs",
            "hub to bare",
            "database µs",
            "refused");
    for (int count : connections) {
      report(table, count, rounds(meter, count, bare, copy, hub));
    }
    if (file.isPresent()) {
      Profile.end(hub, file.get());
    }
    System.out.println(table);
    System.out.println(threads.table(10));
    System.out.println(
        "Memory of the hub's process: %d MiB, answers that nobody waited for: %d%n"
            .formatted(hub.residentMebibytes(), load.arrivals().strays()));
    if (file.isPresent()) {
      System.out.println(Profile.read(file.get()));
    }
  }

  private void warm(Meter meter, int connections, Program bare, Program copy, Program hub)
      throws InterruptedException {
    Duration length = options.seconds("warm-up", 30);
    meter.measure(hub, connections, length);
    meter.measure(bare, connections, length.dividedBy(2));
    meter.measure(copy, connections, length.dividedBy(2));
  }

  private List<Round> rounds(Meter meter, int connections, Program bare, Program copy, Program hub)
      throws InterruptedException {
    Duration length = options.seconds("window", 5);
    List<Round> rounds = new ArrayList<>();
    for (int i = 0; i < options.number("pairs", 3); i++) {
      Window first = meter.measure(i % 2 == 0 ? bare : copy, connections, length);
      Window middle = meter.measure(hub, connections, length);
      Window last = meter.measure(i % 2 == 0 ? copy : bare, connections, length);
      rounds.add(i % 2 == 0 ? new Round(first, middle, last) : new Round(last, middle, first));
      System.err.printf(
          "%d connections: bare %.0f/s, hub %.0f/s, copy %.0f/s%n",
          connections,
          rounds.getLast().bare().perSecond(),
          middle.perSecond(),
          rounds.getLast().copy().perSecond());
    }
    return rounds;
  }

  private static void report(Table table, int connections, List<Round> rounds) {
    table.row(
        Integer.toString(connections),
        "%.0f|%.0f|%.2f|%.2f|%.0f|%.0f|%.1f|%.0f|%d",
        median(rounds, round -> round.bare().perSecond()),
        median(rounds, round -> round.hub().perSecond()),
        median(rounds, round -> round.hub().perSecond() / round.bare().perSecond()),
        median(rounds, round -> round.copy().perSecond() / round.bare().perSecond()),
        median(rounds, round -> round.bare().microsPerMessage()),
        median(rounds, round -> round.hub().microsPerMessage()),
        median(rounds, round -> round.hub().microsPerMessage() / round.bare().microsPerMessage()),
        median(rounds, round -> round.hub().databaseMicrosPerMessage()),
        rounds.stream().mapToLong(round -> round.hub().refused()).sum());
  }

  private interface Figure {
    double of(Round round);
  }

  private static double median(List<Round> rounds, Figure figure) {
    return Figures.median(rounds.stream().map(figure::of).toList());
  }
}
