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
import java.util.stream.Stream;

/** Where the hub keeps what it keeps: a file of SQLite, or a PostgreSQL that runs beside it. */
sealed interface Database {

  /** What stands below {@code store:} in the hub's configuration. */
  String settings();

  /** A connection of the benchmark's own. */
  Connection connect() throws SQLException;

  /** User and system time of the database's own processes so far; none for one inside the hub. */
  Duration processorTime();

  /** For people. */
  String name();

  /**
   * @param folder takes its files
   * @throws IllegalArgumentException when there is no such kind
   */
  static Database of(String kind, Path folder) throws IOException {
    return switch (kind) {
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
    public String name() {
      return "SQLite";
    }
  }

  /** A real PostgreSQL, which syncs at every commit as its makers deliver it. */
  record Postgres(EmbeddedPostgres server, Path folder) implements Database {

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
      Postgres started = new Postgres(server, folder);
      started.checkDurable();
      return started;
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
      return DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
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
    public String name() {
      return "PostgreSQL";
    }
  }
}
