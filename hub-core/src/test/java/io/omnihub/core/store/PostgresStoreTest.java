package io.omnihub.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a server can do to a store: lose connections, serve two hubs, refuse a text. */
@Tag("store")
final class PostgresStoreTest {
  @TempDir Path dir;

  @BeforeEach
  void onPostgresql() {
    assumeTrue(TestStores.postgresql(), "needs a server");
  }

  @Test
  void lostConnectionsAreMadeAnew() throws SQLException {
    try (Store store = TestStores.open(dir)) {
      store.write(tx -> put(tx, "before"));
      loseConnections();
      assertThat(count(store)).isEqualTo(1);
      int written = store.insist(tx -> put(tx, "after"));
      assertThat(written).isEqualTo(1);
      assertThat(count(store)).isEqualTo(2);
    }
  }

  @Test
  void aSecondHubIsRefusedEvenAfterConnectionsWereLost() throws SQLException {
    try (Store store = TestStores.open(dir)) {
      refusesAnother();
      loseConnections();
      store.insist(tx -> put(tx, "again"));
      refusesAnother();
    }
    try (Store later = TestStores.open(dir)) {
      assertThat(count(later)).isEqualTo(1);
    }
  }

  private void refusesAnother() {
    assertThatThrownBy(() -> TestStores.open(dir))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("another hub has the store")
        .hasMessageContaining("one hub at a time");
  }

  @Test
  void aHubWhoseDatabaseWasTakenOverWritesNothingMore() throws SQLException {
    try (Store first = TestStores.open(dir)) {
      loseConnections();
      try (Store second = TestStores.open(dir)) {
        assertThatThrownBy(() -> first.write(tx -> put(tx, "of the first")))
            .isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> first.write(tx -> put(tx, "of the first")))
            .isInstanceOf(StoreUnavailableException.class)
            .hasMessageContaining("another hub");
        second.write(tx -> put(tx, "of the second"));
        assertThat(count(second)).isEqualTo(1);
      }
    }
  }

  @Test
  void aTextWithTheCharacterNulIsKept() {
    try (Store store = TestStores.open(dir)) {
      store.write(tx -> put(tx, "a\0b"));
      assertThat(
              store.<String>read(
                  tx ->
                      tx.list(row -> row.text("name"), "SELECT name FROM account_state")
                          .getFirst()))
          .isEqualTo("a\uFFFDb");
    }
  }

  private void loseConnections() throws SQLException {
    StoreAddress address = TestStores.address(dir);
    try (Connection connection =
            DriverManager.getConnection(address.url(), address.user(), address.password());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
    }
  }

  private static int put(Transaction tx, String key) throws SQLException {
    return tx.update(
        "INSERT INTO account_state (workspace, account, name, value) VALUES ('w', 'a', ?, 'v')",
        key);
  }

  private static long count(Store store) {
    return store.read(tx -> tx.number("SELECT count(*) FROM account_state").orElseThrow());
  }
}
