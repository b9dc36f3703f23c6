package io.omnihub.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A start with many messages that are still to be sent. */
final class Restart implements Mode {
  /** Messages to each person; their order is what is checked. */
  private static final int EACH = 5;

  private final Load load;
  private final Options options;

  Restart(Load load, Options options) {
    this.load = load;
    this.options = options;
  }

  /** Hears what is sent to whom. */
  private static final class Ear implements Peers.Provider {
    private final Map<String, Long> last = new ConcurrentHashMap<>();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong disorder = new AtomicLong();

    @Override
    public void sent(String chat, String words) {
      long number = Long.parseLong(words, 1, words.length(), 10);
      Long before = last.put(chat, number);
      if (before != null && before >= number) {
        disorder.incrementAndGet();
      }
      sent.incrementAndGet();
    }
  }

  @Override
  public void run(Path folder) throws IOException, SQLException, InterruptedException {
    Database database = Database.of(options, folder);
    Programs programs = new Programs(options, load, database, folder);
    long people = options.number("entries", 100_000) / EACH;
    leaveUnfinished(programs, database);
    Clones.of(database).add(1, people, Set.of());
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "UPDATE outbox SET state = 'ready', attempts = 0, due_at = "
              + System.currentTimeMillis());
    }
    Ear ear = new Ear();
    load.peers().hear(ear);
    load.peers().setAway(false);
    Program hub = programs.hub();
    long longest = options.seconds("seconds", 1200).toNanos();
    long begin = System.nanoTime();
    while (ear.sent.get() < people * EACH && System.nanoTime() - begin < longest) {
      Thread.sleep(100);
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    Table table = new Table("entries", "ready s", "sending s", "sends/s", "sent", "out of order");
    table.row(
        Long.toString(people * EACH),
        "%.2f|%.1f|%.0f|%d|%d",
        hub.start().toMillis() / 1e3,
        seconds,
        ear.sent.get() / seconds,
        ear.sent.get(),
        ear.disorder.get());
    System.out.println(table);
  }

  /** One person has written and been answered by the bot while the provider takes nothing. */
  private void leaveUnfinished(Programs programs, Database database)
      throws IOException, SQLException, InterruptedException {
    load.peers().setAway(true);
    Program hub = programs.hub();
    Talk talk = new Talk(load, hub, Clones.CHAT);
    for (int i = 1; i <= EACH; i++) {
      talk.say();
      await(database, i);
    }
    hub.kill();
  }

  private static void await(Database database, int expected)
      throws SQLException, InterruptedException {
    for (int tries = 0; sends(database) < expected; tries++) {
      if (tries > 200) {
        throw new IllegalStateException("an answer does not wait to be sent");
      }
      Thread.sleep(50);
    }
  }

  private static long sends(Database database) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM outbox WHERE kind = 'send'")) {
      row.next();
      return row.getLong(1);
    }
  }
}
