package io.omnihub.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Where the hub keeps what it keeps: a file of SQLite, or a PostgreSQL that runs beside it. */
sealed interface Database {

  /** What stands below {@code store:} in the hub's configuration. */
  String settings();

  /** A connection of the benchmark's own. */
  Connection connect() throws SQLException;

  /** User and system time of the database's own processes so far; none for one inside the hub. */
  Duration processorTime();

  /** Lets a connection write fast what need not survive a crash. */
  void hasten(Connection connection) throws SQLException;

  /** What an insert says between columns and values to give a counted column its number itself. */
  String overriding();

  /** Rows that are added later are counted on from those that are there. */
  void continueAfterLast(Connection connection, String table, String column) throws SQLException;

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * The database that the option {@code --store} names, empty.
   *
   * @param folder takes its files
   * @throws IllegalArgumentException when there is no such kind
   */
  static Database of(Options options, Path folder) throws IOException {
    return switch (options.text("store", "sqlite")) {
      case "sqlite" -> new Sqlite(folder.resolve("data").resolve("omnihub.db"));
      case "postgres" -> Postgres.start(folder.resolve("postgres"));
      default -> throw new IllegalArgumentException("--store takes sqlite or postgres");
    };
  }

  /** The embedded default. */
  record Sqlite(Path file) implements Database {
    @Override
    public String settings() {
      return "{ url: \"jdbc:sqlite:" + file + "\" }";
    }

    @Override
    public Connection connect() throws SQLException {
      return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    @Override
    public Duration processorTime() {
      return Duration.ZERO;
    }

    @Override
    public void hasten(Connection connection) throws SQLException {
      execute(connection, "PRAGMA synchronous = OFF");
      execute(connection, "PRAGMA cache_size = -512000");
    }

    @Override
    public String overriding() {
      return "";
    }

    @Override
    public void continueAfterLast(Connection connection, String table, String column) {
      // AUTOINCREMENT knows the greatest number that a table ever had
    }
  }

  /** A real PostgreSQL, which syncs at every commit as its makers deliver it. */
  record Postgres(EmbeddedPostgres server, Path folder) implements Database {
    private static final List<EmbeddedPostgres> STARTED = new CopyOnWriteArrayList<>();

    static Postgres start(Path folder) throws IOException {
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              .setDataDirectory(folder)
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("full_page_writes", "on")
              .setServerConfig("shared_buffers", "128MB")
              .setServerConfig("max_wal_size", "1GB")
              .start();
      STARTED.add(server);
      Postgres started = new Postgres(server, folder);
      started.checkDurable();
      return started;
    }

    /** Ends all that were started. */
    static void stopAll() throws IOException {
      for (EmbeddedPostgres server : STARTED) {
        server.close();
      }
    }

    /** What is started for tests is often told not to sync; figures of that would be worthless. */
    private void checkDurable() {
      try (Connection connection = connect();
          Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "SELECT current_setting('fsync'), current_setting('synchronous_commit')")) {
        row.next();
        if (!row.getString(1).equals("on") || !row.getString(2).equals("on")) {
          throw new IllegalStateException("PostgreSQL was started without fsync");
        }
      } catch (SQLException e) {
        throw new IllegalStateException("PostgreSQL does not answer", e);
      }
    }

    @Override
    public String settings() {
      return "{ url: \"jdbc:postgresql://127.0.0.1:"
          + server.getPort()
          + "/postgres\", user: postgres, password: postgres }";
    }

    @Override
    public Connection connect() throws SQLException {
      return DriverManager.getConnection(
          server.getJdbcUrl("postgres", "postgres") + "&reWriteBatchedInserts=true");
    }

    @Override
    public Duration processorTime() {
      try (Stream<String> lines = Files.lines(folder.resolve("postmaster.pid"))) {
        ProcessHandle first =
            ProcessHandle.of(Long.parseLong(lines.findFirst().orElseThrow().strip())).orElseThrow();
        return Stream.concat(Stream.of(first), first.descendants())
            .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
            .reduce(Duration.ZERO, Duration::plus);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void hasten(Connection connection) throws SQLException {
      execute(connection, "SET synchronous_commit = off");
    }

    @Override
    public String overriding() {
      return "OVERRIDING SYSTEM VALUE";
    }

    @Override
    public void continueAfterLast(Connection connection, String table, String column)
        throws SQLException {
      if (!column.isEmpty()) {
        execute(
            connection,
            "SELECT setval(pg_get_serial_sequence('%s', '%s'), (SELECT max(%s) FROM %s))"
                .formatted(table, column, column, table));
      }
      execute(connection, "ANALYZE " + table);
    }
  }
}
