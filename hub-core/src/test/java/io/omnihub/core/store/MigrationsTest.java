package io.omnihub.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database of every earlier version becomes one of today, with what it held. */
@Tag("store")
final class MigrationsTest {
  @TempDir Path dir;

  @Test
  void everyEarlierVersionIsMigratedWithWhatItHolds() throws Exception {
    List<MigrationVersion> versions = versions();
    assertThat(versions).hasSizeGreaterThan(1);
    List<String> today;
    try (Store fresh = TestStores.open(dir.resolve("fresh"))) {
      today = columns(fresh);
    }
    for (MigrationVersion version : versions) {
      Path folder = dir.resolve("from-" + version);
      StoreAddress address = TestStores.address(folder);
      try (Database database = Database.of(address)) {
        database.connect().close();
        Migrations.of(database).target(version).load().migrate();
      }
      fill(address);
      try (Store store = Store.open(address)) {
        assertThat(lastInbound(store)).as("from version %s", version).isEqualTo(7);
        assertThat(columns(store)).as("from version %s", version).isEqualTo(today);
      }
    }
  }

  private List<MigrationVersion> versions() throws Exception {
    Path folder = dir.resolve("versions");
    try (Database database = Database.of(TestStores.address(folder))) {
      database.connect().close();
      Flyway flyway = Migrations.of(database).load();
      return Arrays.stream(flyway.info().all()).map(info -> info.getVersion()).toList();
    }
  }

  /** A conversation in which the customer has written, with the columns of the first version. */
  private static void fill(StoreAddress address) throws Exception {
    try (Database database = Database.of(address)) {
      try (var connection = database.connect();
          var statement = connection.createStatement()) {
        statement.execute(
            "INSERT INTO conversation (workspace, id, contact_id, thread_key, status, handler_kind, handler_id, epoch, chain,"
                + " account, channel, tags, attributes, opened_at)"
                + " VALUES ('main', 'c', 'p', '', 'open', 'queue', 'q', 1, '[]', 'a', 'x', '[]', '{}', 1)");
        statement.execute(
            "INSERT INTO message (position, workspace, id, conversation_id, account, channel, direction, author_kind, author_id,"
                + " author_name, parts, address, status, reactions, attributes)"
                + " VALUES (7, 'main', 'm', 'c', 'a', 'x', 'inbound', 'contact', 'p', '', '[]', '', 'received', '[]', '{}')");
        // what a version has set since, it has set
        if (has(connection, "last_inbound")) {
          statement.execute("UPDATE conversation SET last_inbound = 7");
        }
      }
    }
  }

  private static boolean has(java.sql.Connection connection, String column) throws Exception {
    try (var columns = connection.getMetaData().getColumns(null, null, "conversation", column)) {
      return columns.next();
    }
  }

  private static long lastInbound(Store store) {
    return store.read(
        tx -> tx.number("SELECT last_inbound FROM conversation WHERE id = 'c'").orElseThrow());
  }

  /** Names of all columns of all tables. */
  private static List<String> columns(Store store) {
    String sql =
        TestStores.postgresql()
            ? "SELECT table_name || '.' || column_name AS name FROM information_schema.columns"
                + " WHERE table_schema = 'public' ORDER BY 1"
            : "SELECT m.name || '.' || p.name AS name FROM sqlite_master m, pragma_table_info(m.name) p"
                + " WHERE m.type = 'table' ORDER BY 1";
    return store.read(tx -> tx.list(row -> row.text("name"), sql));
  }
}
