package io.omnihub.benchmarks;

import io.omnihub.benchmarks.Updates.Update;
import java.time.Duration;
import java.util.function.Supplier;

/** Loads one program in a closed loop and watches it for a while. */
final class Meter {
  /** Connections are open and every queue has found its length before the watch begins. */
  private static final Duration APPROACH = Duration.ofSeconds(1);

  private final Load load;
  private final Database database;
  private final ThreadTimes threads;

  Meter(Load load, Database database, ThreadTimes threads) {
    this.load = load;
    this.database = database;
    this.threads = threads;
  }

  Window measure(Program program, int connections, Duration length) throws InterruptedException {
    return measure(program, connections, length, load.updates()::next);
  }

  Window measure(Program program, int connections, Duration length, Supplier<Update> updates)
      throws InterruptedException {
    ClosedLoop loop = new ClosedLoop(load, program, connections, updates);
    loop.start();
    Thread.sleep(APPROACH);
    threads.begin(program);
    long answers = loop.answers();
    long refused = loop.refused();
    Duration processor = program.processorTime();
    Duration inDatabase = database.processorTime();
    long begin = System.nanoTime();
    Thread.sleep(length);
    Window window =
        new Window(
            Duration.ofNanos(System.nanoTime() - begin),
            loop.answers() - answers,
            loop.refused() - refused,
            program.processorTime().minus(processor),
            database.processorTime().minus(inDatabase));
    threads.end(program);
    long lost = loop.stop();
    if (lost > 0) {
      throw new IllegalStateException(lost + " updates were taken and never answered");
    }
    return window;
  }
}
