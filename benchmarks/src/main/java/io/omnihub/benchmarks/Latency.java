package io.omnihub.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Open loop: what the hub adds to the way of a message at a fixed rate, over the bare program. */
final class Latency implements Mode {
  private final Load load;
  private final Options options;

  Latency(Load load, Options options) {
    this.load = load;
    this.options = options;
  }

  /** Quantiles of one window, in milliseconds. */
  private record Way(double median, double p99, double max) {
    static Way of(double[] millis) {
      return new Way(Figures.at(millis, 0.5), Figures.at(millis, 0.99), Figures.at(millis, 1));
    }
  }

  private record Pair(Way bare, Way hub) {}

  @Override
  public void run(Path folder) throws IOException, InterruptedException {
    Database database = Database.of(options, folder);
    Programs programs = new Programs(options, load, database, folder);
    Program bare = programs.bare();
    Program hub = programs.hub();
    Meter meter = new Meter(load, database, new ThreadTimes());
    Duration warmUp = options.seconds("warm-up", 30);
    meter.measure(hub, 64, warmUp);
    meter.measure(bare, 64, warmUp.dividedBy(3));
    OpenLoop toBare = new OpenLoop(load, bare);
    OpenLoop toHub = new OpenLoop(load, hub);
    Table table =
        new Table(
            "updates/s",
            "bare median ms",
            "hub median ms",
            "added",
            "bare p99 ms",
            "hub p99 ms",
            "added",
            "hub max ms",
            "refused");
    for (int rate : options.numbers("rates", "500")) {
      long before = toHub.refused();
      report(table, rate, pairs(toBare, toHub, rate), toHub, before);
    }
    System.out.println(table);
    toBare.close();
    toHub.close();
  }

  private List<Pair> pairs(OpenLoop toBare, OpenLoop toHub, int rate) throws InterruptedException {
    int seconds = (int) options.number("window", 10);
    toHub.run(rate, seconds);
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < options.number("pairs", 3); i++) {
      Pair pair = new Pair(Way.of(toBare.run(rate, seconds)), Way.of(toHub.run(rate, seconds)));
      pairs.add(pair);
      System.err.printf(Locale.ROOT, "%d/s: bare %s, hub %s%n", rate, pair.bare(), pair.hub());
    }
    return pairs;
  }

  private static void report(
      Table table, int rate, List<Pair> pairs, OpenLoop toHub, long refusedBefore) {
    table.row(
        Integer.toString(rate),
        "%.2f|%.2f|%.2f|%.2f|%.2f|%.2f|%.0f|%d",
        median(pairs, pair -> pair.bare().median()),
        median(pairs, pair -> pair.hub().median()),
        median(pairs, pair -> pair.hub().median() - pair.bare().median()),
        median(pairs, pair -> pair.bare().p99()),
        median(pairs, pair -> pair.hub().p99()),
        median(pairs, pair -> pair.hub().p99() - pair.bare().p99()),
        pairs.stream().mapToDouble(pair -> pair.hub().max()).max().orElse(0),
        toHub.refused() - refusedBefore);
  }

  private interface Figure {
    double of(Pair pair);
  }

  private static double median(List<Pair> pairs, Figure figure) {
    return Figures.median(pairs.stream().map(figure::of).toList());
  }
}
