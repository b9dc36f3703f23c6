package io.omnihub.core.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where tests keep their data: a SQLite file in the test's folder or, with {@code
 * -Domnihub.test.store=postgresql}, a database of a real PostgreSQL server that belongs to the
 * folder.
 */
public final class TestStores {
  private static final boolean POSTGRESQL =
      System.getProperty("omnihub.test.store", "sqlite").equals("postgresql");
  private static final Map<Path, StoreAddress> DATABASES = new ConcurrentHashMap<>();

  private TestStores() {}

  /** Whether the tests run on PostgreSQL. */
  public static boolean postgresql() {
    return POSTGRESQL;
  }

  /** The address that belongs to a folder. */
  public static StoreAddress address(Path folder) {
    return POSTGRESQL
        ? DATABASES.computeIfAbsent(folder.toAbsolutePath(), TestStores::create)
        : StoreAddress.of("jdbc:sqlite:" + folder.resolve("hub.db"));
  }

  /** Opens the store that belongs to a folder. */
  public static Store open(Path folder) {
    return Store.open(address(folder));
  }

  private static StoreAddress create(Path folder) {
    String name = "hub_" + HexFormat.of().toHexDigits(folder.hashCode()) + "_" + DATABASES.size();
    try (Connection connection = Server.POSTGRES.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create a database for the test", e);
    }
    String url = "jdbc:postgresql://localhost:" + Server.POSTGRES.getPort() + "/" + name;
    return new StoreAddress(url, "postgres", "postgres");
  }

  /** One server for all tests of a run, started by the first that needs it. */
  private static final class Server {
    static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            .setServerConfig("max_connections", "200")
            .setServerConfig("fsync", "off")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
