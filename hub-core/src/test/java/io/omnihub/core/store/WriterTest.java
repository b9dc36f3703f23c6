package io.omnihub.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omnihub.testkit.Await;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to units that wait while the writer is held up, and so become one batch. */
@Tag("store")
class WriterTest {
  @TempDir Path dir;

  private final CountDownLatch gate = new CountDownLatch(1);
  private final CountDownLatch held = new CountDownLatch(1);
  private Store store;

  @BeforeEach
  void holdTheWriter() throws InterruptedException {
    store = TestStores.open(dir);
    assertThat(store.offer(this::hold)).isPresent();
    held.await();
  }

  @AfterEach
  void close() {
    gate.countDown();
    store.close();
  }

  private int hold(Transaction tx) {
    held.countDown();
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return 0;
  }

  @Test
  void whatWaitsIsCommittedAtOnce() {
    List<CompletableFuture<Integer>> results = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      results.add(offerKey(i));
    }
    CompletableFuture<List<Long>> atTheEnd =
        store.offer(tx -> List.of(countIn(tx), count())).orElseThrow();
    gate.countDown();

    assertThat(atTheEnd.join()).as("seen inside, seen outside").containsExactly(300L, 0L);
    assertThat(results).allSatisfy(result -> assertThat(result.join()).isEqualTo(1));
    assertThat(count()).isEqualTo(300);
  }

  @Test
  void aUnitThatFailsHarmsNoOtherOfItsBatch() {
    List<CompletableFuture<Integer>> results =
        IntStream.range(0, 100).mapToObj(this::offerSometimesBad).toList();
    gate.countDown();

    for (int i = 0; i < 100; i++) {
      CompletableFuture<Integer> result = results.get(i);
      if (i % 7 == 0) {
        assertThatThrownBy(() -> Store.join(result)).hasMessageContaining("nowhere");
      } else if (i % 5 == 0) {
        assertThatThrownBy(() -> Store.join(result)).isInstanceOf(IllegalStateException.class);
      } else {
        assertThat(Store.join(result)).isEqualTo(1);
      }
    }
    assertThat(keys()).containsExactlyElementsOf(goodKeys());
  }

  @Test
  void whatFollowsACommitRunsOnceAndOnlyForWhatIsStored() {
    List<String> followed = new CopyOnWriteArrayList<>();
    List<CompletableFuture<Integer>> results = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      int number = i;
      results.add(
          store
              .offer(
                  tx -> {
                    tx.afterCommit(
                        () -> followed.add(keys().contains(key(number)) + " " + key(number)));
                    return sometimesBad(tx, number);
                  })
              .orElseThrow());
    }
    gate.countDown();
    results.forEach(result -> Await.until("the end of a unit", result::isDone));

    assertThat(followed)
        .containsExactlyElementsOf(goodKeys().stream().map(key -> "true " + key).toList());
  }

  @Test
  void whatFollowsACommitMayFail() {
    CompletableFuture<Integer> first =
        store
            .offer(
                tx -> {
                  tx.afterCommit(
                      () -> {
                        throw new IllegalStateException("of the test");
                      });
                  return put(tx, 1);
                })
            .orElseThrow();
    gate.countDown();
    assertThat(first.join()).isEqualTo(1);
    int second = store.write(tx -> put(tx, 2));
    assertThat(second).isEqualTo(1);
  }

  @Test
  void aFullQueueRefusesAndLosesNothing() {
    List<CompletableFuture<Integer>> taken = new ArrayList<>();
    Optional<CompletableFuture<Integer>> offered = store.offer(tx -> 1);
    while (offered.isPresent() && taken.size() < 100_000) {
      taken.add(offered.get());
      offered = store.offer(tx -> 1);
    }
    assertThat(taken).hasSizeBetween(1_000, 99_999);
    assertThat(store.waiting()).isEqualTo(taken.size());

    gate.countDown();
    assertThat(taken).allSatisfy(result -> assertThat(result.join()).isEqualTo(1));
    assertThat(store.offer(tx -> 1)).isPresent();
  }

  private CompletableFuture<Integer> offerKey(int number) {
    return store.offer(tx -> put(tx, number)).orElseThrow();
  }

  private CompletableFuture<Integer> offerSometimesBad(int number) {
    return store.offer(tx -> sometimesBad(tx, number)).orElseThrow();
  }

  /** Writes first, so that a failure has something to take back. */
  private static int sometimesBad(Transaction tx, int number) throws SQLException {
    int written = put(tx, number);
    if (number % 7 == 0) {
      tx.update("INSERT INTO nowhere VALUES (1)");
    }
    if (number % 5 == 0) {
      throw new IllegalStateException("of the test");
    }
    return written;
  }

  private static List<String> goodKeys() {
    return IntStream.range(0, 100)
        .filter(i -> i % 7 != 0 && i % 5 != 0)
        .mapToObj(WriterTest::key)
        .toList();
  }

  private static String key(int number) {
    return "key-%03d".formatted(number);
  }

  private static int put(Transaction tx, int number) throws SQLException {
    return tx.update(
        "INSERT INTO account_state (workspace, account, name, value) VALUES ('w', 'a', ?, 'v')",
        key(number));
  }

  private List<String> keys() {
    return store.read(
        tx -> tx.list(row -> row.text("name"), "SELECT name FROM account_state ORDER BY name"));
  }

  private long count() {
    return store.read(WriterTest::countIn);
  }

  private static long countIn(Transaction tx) throws SQLException {
    return tx.number("SELECT count(*) FROM account_state").orElseThrow();
  }
}
