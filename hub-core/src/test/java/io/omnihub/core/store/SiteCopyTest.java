package io.omnihub.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A site moves from one database to another. */
final class SiteCopyTest {
  @TempDir Path folder;
  private String from;
  private String to;

  @BeforeEach
  void fill() {
    from = "jdbc:sqlite:" + folder.resolve("from.db");
    to = "jdbc:sqlite:" + folder.resolve("to.db");
    try (Store store = Store.open(StoreAddress.of(from))) {
      SiteRows.fill(store, 300);
    }
  }

  private long copy(int pageSize, List<String> lines, int stopAfter) throws SQLException {
    try (Connection source = DriverManager.getConnection(from);
        Connection target = DriverManager.getConnection(to)) {
      return new SiteCopy(
              source,
              target,
              pageSize,
              line -> {
                lines.add(line);
                if (lines.size() == stopAfter) {
                  throw new IllegalStateException("stopped by the test");
                }
              })
          .run();
    }
  }

  @Test
  void allRowsArriveAndTheNumbersGoOn() {
    List<String> lines = new ArrayList<>();
    long rows = SiteCopy.run(from, to, lines::add);
    assertThat(rows).isEqualTo(SiteRows.ROWS_EACH * 300 - 1);
    assertThat(lines).contains("message: 300 rows copied", "message: 300 rows, the same in both");
    try (Store copy = Store.open(StoreAddress.of(to))) {
      assertThat(SiteRows.texts(copy)).hasSize(300).contains("words 7 ñ 你好 🙂");
      assertThat(SiteRows.addChange(copy)).as("number of the next change").isEqualTo(301);
      List<byte[]> raw =
          copy.read(
              tx ->
                  tx.list(
                      row -> row.bytes("content"), "SELECT content FROM raw_payload ORDER BY seq"));
      assertThat(raw.getFirst()).isEqualTo(SiteRows.raw(0));
    }
  }

  @Test
  void aCopyThatWasStoppedGoesOnWhereItWas() throws SQLException {
    openAndClose(to);
    List<String> first = new ArrayList<>();
    assertThatThrownBy(() -> copy(2, first, 2)).hasMessage("stopped by the test");
    assertThat(first.getLast()).isEqualTo("account_state: 200 rows copied");
    List<String> second = new ArrayList<>();
    copy(2, second, -1);
    assertThat(second.getFirst()).as("what is left").isEqualTo("account_state: 100 rows copied");
    assertThat(second).contains("change: 299 rows, the same in both");
    try (Connection target = DriverManager.getConnection(to)) {
      assertThat(CopyProgress.begun(target)).isFalse();
    }
  }

  @Test
  void whatChangedInTheSourceMeanwhileIsFound() throws SQLException {
    openAndClose(to);
    List<String> lines = new ArrayList<>();
    assertThatThrownBy(() -> copy(2, lines, 5)).hasMessage("stopped by the test");
    try (Store store = Store.open(StoreAddress.of(from))) {
      store.write(tx -> tx.update("UPDATE change SET data = '{}' WHERE seq = 3"));
    }
    assertThatThrownBy(() -> copy(2, new ArrayList<>(), -1))
        .hasMessageContaining("the table change differs")
        .hasMessageContaining("begin anew");
  }

  @Test
  void aTargetWithDataOfItsOwnIsRefused() {
    try (Store store = Store.open(StoreAddress.of(to))) {
      SiteRows.addChange(store);
    }
    assertThatThrownBy(() -> SiteCopy.run(from, to, line -> {}))
        .hasMessageContaining("the target has data of its own in change");
  }

  @Test
  void aDatabaseThatAHubHasOpenIsRefused() {
    for (String open : List.of(from, to)) {
      try (Store hub = Store.open(StoreAddress.of(open))) {
        assertThat(hub.waiting()).isZero();
        assertThatThrownBy(() -> SiteCopy.run(from, to, line -> {}))
            .isInstanceOf(StoreUnavailableException.class)
            .hasMessageContaining("another hub has the store");
      }
    }
  }

  @Test
  void everyTableIsCopiedWithoutBeingNamed() throws SQLException {
    try (Connection source = DriverManager.getConnection(from)) {
      SortedSet<String> names = CopiedTable.names(source);
      assertThat(names)
          .contains("message", "journal", "api_key", "idempotency", "account_state")
          .doesNotContain("flyway_schema_history", "sqlite_sequence", "copy_progress");
      assertThat(CopiedTable.of(source, "leg").key())
          .containsExactly("workspace", "conversation_id", "identity_id", "account");
      assertThat(CopiedTable.of(source, "message").key()).containsExactly("position");
    }
  }

  private static void openAndClose(String url) {
    Store.open(StoreAddress.of(url)).close();
  }
}
