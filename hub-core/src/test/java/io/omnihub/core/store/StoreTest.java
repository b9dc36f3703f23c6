package io.omnihub.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("store")
class StoreTest {
  @TempDir Path dir;

  @Test
  void allThatManyWritersWroteIsThereAfterReopening() throws Exception {
    try (Store store = TestStores.open(dir);
        ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> done = new ArrayList<>();
      for (int writer = 0; writer < 64; writer++) {
        String name = "writer-" + writer;
        done.add(
            writers.submit(
                () -> {
                  for (int i = 0; i < 25; i++) {
                    String key = name + "-" + i;
                    store.write(tx -> put(tx, key));
                  }
                }));
      }
      for (Future<?> writer : done) {
        writer.get();
      }
    }
    try (Store again = TestStores.open(dir)) {
      assertThat(count(again)).isEqualTo(64 * 25);
    }
  }

  @Test
  void readsSeeOnlyWhatIsCommitted() {
    try (Store store = TestStores.open(dir)) {
      long seenMeanwhile =
          store.write(
              tx -> {
                put(tx, "one");
                return count(store);
              });
      assertThat(seenMeanwhile).isZero();
      assertThat(count(store)).isEqualTo(1);
    }
  }

  @Test
  void aSecondHubOnTheSameFileIsRefused() {
    try (Store store = TestStores.open(dir)) {
      assertThatThrownBy(() -> TestStores.open(dir))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("another hub has the store")
          .hasMessageContaining("hub");
      assertThat(count(store)).isZero();
    }
    try (Store later = TestStores.open(dir)) {
      assertThat(count(later)).isZero();
    }
  }

  @Test
  void aCommandWorksBesideAHub() {
    try (Store hub = TestStores.open(dir)) {
      try (Store command = Store.openBeside(TestStores.address(dir))) {
        hub.write(tx -> put(tx, "of the hub"));
        command.write(tx -> put(tx, "of the command"));
        assertThat(count(command)).isEqualTo(2);
      }
      hub.write(tx -> put(tx, "afterwards"));
      assertThat(count(hub)).isEqualTo(3);
    }
  }

  @Test
  void nothingIsMigratedTwice() {
    long first = migrations();
    assertThat(first).isPositive();
    assertThat(migrations()).isEqualTo(first);
    assertThat(migrations()).isEqualTo(first);
  }

  private long migrations() {
    try (Store store = TestStores.open(dir)) {
      return store.read(
          tx -> tx.number("SELECT count(*) FROM flyway_schema_history").orElseThrow());
    }
  }

  @Test
  void onAFullDiskTheUnitFailsAndWhatWasStoredStays() {
    assumeFalse(TestStores.postgresql(), "limits the pages of a file");
    try (Store store = TestStores.open(dir)) {
      store.write(tx -> put(tx, "before"));
      store.write(tx -> limitPages(tx, tx.number("PRAGMA page_count").orElseThrow() + 4));
      String large = "x".repeat(1 << 20);
      assertThatThrownBy(() -> store.write(tx -> put(tx, large)))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("could not write");
      assertThat(count(store)).isEqualTo(1);
    }
    try (Store again = TestStores.open(dir)) {
      again.write(tx -> put(tx, "after"));
      assertThat(count(again)).isEqualTo(2);
    }
  }

  private static long limitPages(Transaction tx, long pages) throws SQLException {
    return tx.number("PRAGMA max_page_count = " + pages).orElseThrow();
  }

  @Test
  void aClosedStoreTakesNothing() {
    Store store = TestStores.open(dir);
    store.close();
    assertThat(store.offer(tx -> put(tx, "late"))).isEmpty();
    assertThatThrownBy(() -> store.write(tx -> put(tx, "late")))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void closingWritesWhatIsQueued() throws Exception {
    List<CompletableFuture<Integer>> queued = new ArrayList<>();
    try (Store store = TestStores.open(dir)) {
      for (int i = 0; i < 500; i++) {
        String key = "key-" + i;
        queued.add(store.offer(tx -> put(tx, key)).orElseThrow());
      }
    }
    for (CompletableFuture<Integer> result : queued) {
      assertThat(result.get()).isEqualTo(1);
    }
    try (Store again = TestStores.open(dir)) {
      assertThat(count(again)).isEqualTo(500);
    }
  }

  @Test
  void aReadThatFailsSaysSo() {
    try (Store store = TestStores.open(dir)) {
      assertThatThrownBy(() -> store.read(tx -> tx.number("SELECT 1 FROM nowhere")))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("nowhere");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:mysql://localhost/hub", "hub.db", ""})
  void anAddressThatNoStoreSpeaksIsRefused(String url) {
    assertThatThrownBy(() -> Store.open(StoreAddress.of(url)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("jdbc:sqlite:");
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
