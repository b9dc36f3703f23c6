package io.omnihub.benchmarks;

import io.omnihub.benchmarks.Updates.Update;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** One hub on a small database and one on a large one, loaded in turns: what does size cost? */
final class Growth implements Mode {
  /** What a person has who never wrote. */
  private static final Set<String> PERSON = Set.of("contact", "identity", "link");

  /** Spreads neighbours over the whole of a large database. */
  private static final long JUMP = 7_368_787;

  private final Load load;
  private final Options options;
  private final Shape small;
  private final Shape large;

  private Growth(Load load, Options options, Shape small, Shape large) {
    this.load = load;
    this.options = options;
    this.small = small;
    this.large = large;
  }

  /**
   * How a database is filled.
   *
   * @param talkers who have an open conversation
   * @param exchanges how many messages each of them wrote and was answered
   * @param silent who are known and never wrote
   * @param known whether the load comes from the talkers, else from people who are new
   */
  private record Shape(String name, long talkers, int exchanges, long silent, boolean known) {}

  /** 100,000 conversations that are open and silent, beside none. */
  static Growth silent(Load load, Options options) {
    return new Growth(
        load,
        options,
        new Shape("none", 1, 1, 0, false),
        new Shape("silent", options.number("conversations", 100_000), 1, 0, false));
  }

  /**
   * Ten million messages and a million contacts beside ten thousand and a thousand. Half of the
   * contacts never wrote; the others have twenty messages each, which is as much as a bot is shown,
   * so that turns are equally long on both.
   */
  static Growth volume(Load load, Options options) {
    return new Growth(
        load,
        options,
        volume("small", options.number("small", 10_000)),
        volume("large", options.number("messages", 10_000_000)));
  }

  private static Shape volume(String name, long messages) {
    return new Shape(name, messages / 20, 10, messages / 20, true);
  }

  /** A hub on its database. */
  private record Side(Shape shape, Database database, Program hub, double startSeconds) {}

  @Override
  public void run(Path folder) throws IOException, SQLException, InterruptedException {
    Side first = prepare(small, Files.createDirectories(folder.resolve("small")));
    Side second = prepare(large, Files.createDirectories(folder.resolve("large")));
    int connections = (int) options.number("connections", 64);
    measure(first, connections, options.seconds("warm-up", 30));
    measure(second, connections, options.seconds("warm-up", 30));
    List<Window> ofFirst = new ArrayList<>();
    List<Window> ofSecond = new ArrayList<>();
    for (int i = 0; i < options.number("pairs", 5); i++) {
      ofFirst.add(measure(first, connections, options.seconds("window", 5)));
      ofSecond.add(measure(second, connections, options.seconds("window", 5)));
    }
    Table table =
        new Table(
            "database",
            "messages",
            "contacts",
            "ready s",
            "answers/s",
            "µs a message",
            "live heap MiB",
            "process MiB");
    report(table, first, ofFirst);
    report(table, second, ofSecond);
    System.out.println(table);
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < ofFirst.size(); i++) {
      ratios.add(cost(ofSecond.get(i)) / cost(ofFirst.get(i)));
    }
    System.out.printf(
        "cost of a message, %s to %s: %.2f%n", large.name(), small.name(), Figures.median(ratios));
  }

  private Side prepare(Shape shape, Path folder)
      throws IOException, SQLException, InterruptedException {
    Database database = Database.of(options, folder);
    Programs programs = new Programs(options, load, database, folder);
    Program first = programs.hub();
    Talk talk = new Talk(load, first, Clones.CHAT);
    for (int i = 0; i < shape.exchanges(); i++) {
      talk.exchange();
    }
    first.stop();
    Clones clones = Clones.of(database);
    clones.add(1, shape.talkers(), Set.of());
    clones.add(shape.talkers(), shape.talkers() + shape.silent(), PERSON);
    Program hub = programs.hub();
    return new Side(shape, database, hub, hub.start().toMillis() / 1e3);
  }

  private Window measure(Side side, int connections, Duration length) throws InterruptedException {
    return new Meter(load, side.database(), new ThreadTimes())
        .measure(side.hub(), connections, length, updates(side.shape()));
  }

  private Supplier<Update> updates(Shape shape) {
    if (!shape.known()) {
      return load.updates()::next;
    }
    AtomicLong turn = new AtomicLong(System.nanoTime() & 0xFFFFFF);
    return () ->
        load.updates()
            .of(Clones.CHAT + Math.floorMod(turn.incrementAndGet() * JUMP, shape.talkers()));
  }

  private static double cost(Window window) {
    return window.microsPerMessage() + window.databaseMicrosPerMessage();
  }

  private static void report(Table table, Side side, List<Window> windows)
      throws IOException, InterruptedException {
    Shape shape = side.shape();
    table.row(
        shape.name(),
        "%d|%d|%.1f|%.0f|%.0f|%.1f|%d",
        shape.talkers() * shape.exchanges() * 2,
        shape.talkers() + shape.silent(),
        side.startSeconds(),
        Figures.median(windows.stream().map(Window::perSecond).toList()),
        Figures.median(windows.stream().map(Growth::cost).toList()),
        Heap.live(side.hub()),
        side.hub().residentMebibytes());
  }
}
