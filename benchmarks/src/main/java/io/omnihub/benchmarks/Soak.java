package io.omnihub.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Full load for long: does the live heap stay where it is? */
final class Soak implements Mode {
  /** Caches and queues find their size in the first third; what rises after that is a leak. */
  private static final double SETTLING = 1.0 / 3;

  /** MiB by which the fitted line may rise from there to the end. */
  private static final double FLAT = 4;

  private final Load load;
  private final Options options;

  Soak(Load load, Options options) {
    this.load = load;
    this.options = options;
  }

  /** The live heap at a time since the start. */
  private record Sample(double minutes, double mebibytes) {}

  @Override
  public void run(Path folder) throws IOException, InterruptedException {
    Database database = Database.of(options, folder);
    Program hub = new Programs(options, load, database, folder).hub();
    ClosedLoop loop =
        new ClosedLoop(load, hub, (int) options.number("connections", 64), load.updates()::next);
    Table table = new Table("minute", "answers/s", "live heap MiB", "process MiB", "refused");
    List<Sample> samples = new ArrayList<>();
    Duration whole = options.seconds("seconds", 1800);
    Duration step = options.seconds("step", 60);
    long begin = System.nanoTime();
    loop.start();
    long answers = 0;
    for (Duration at = step; at.compareTo(whole) <= 0; at = at.plus(step)) {
      Thread.sleep(Duration.ofNanos(begin + at.toNanos() - System.nanoTime()));
      double live = Heap.live(hub);
      samples.add(new Sample(at.toSeconds() / 60.0, live));
      long now = loop.answers();
      table.row(
          "%.1f".formatted(at.toSeconds() / 60.0),
          "%.0f|%.1f|%d|%d",
          (now - answers) / (double) step.toSeconds(),
          live,
          hub.residentMebibytes(),
          loop.refused());
      answers = now;
      System.err.println(samples.getLast());
    }
    long lost = loop.stop();
    System.out.println(table);
    System.out.println(verdict(samples) + "; never answered: " + lost);
  }

  private static String verdict(List<Sample> samples) {
    List<Sample> settled = samples.subList((int) (samples.size() * SETTLING), samples.size());
    double rise = slope(settled) * (settled.getLast().minutes() - settled.getFirst().minutes());
    return "%s: the live heap's line rises by %.1f MiB in the last two thirds"
        .formatted(rise < FLAT ? "flat" : "NOT FLAT", rise);
  }

  /** Least squares, in MiB a minute. */
  private static double slope(List<Sample> samples) {
    double meanX = samples.stream().mapToDouble(Sample::minutes).average().orElse(0);
    double meanY = samples.stream().mapToDouble(Sample::mebibytes).average().orElse(0);
    double over = 0;
    double under = 0;
    for (Sample sample : samples) {
      over += (sample.minutes() - meanX) * (sample.mebibytes() - meanY);
      under += (sample.minutes() - meanX) * (sample.minutes() - meanX);
    }
    return under == 0 ? 0 : over / under;
  }
}
