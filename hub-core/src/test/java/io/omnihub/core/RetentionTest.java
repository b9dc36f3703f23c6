package io.omnihub.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.model.DeliveryStatus;
import io.omnihub.core.http.api.Idempotency;
import io.omnihub.core.identity.Contacts;
import io.omnihub.core.retention.Pruner;
import io.omnihub.core.store.Ids;
import io.omnihub.core.store.Store;
import io.omnihub.core.store.TestStores;
import io.omnihub.core.timeline.Changes;
import io.omnihub.core.timeline.ProviderIds;
import io.omnihub.core.timeline.Timeline;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each table deletes what is older than a moment, and nothing else. */
@Tag("store")
final class RetentionTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  @TempDir Path folder;
  private Store store;

  @BeforeEach
  void open() {
    store = TestStores.open(folder);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static Clock at(int hour) {
    return Clock.fixed(NOON.plusSeconds(3600L * hour), ZoneOffset.UTC);
  }

  private static long millis(int hour) {
    return at(hour).millis();
  }

  private int prune(Pruner.Prunable table, long before, int limit) {
    return store.write(tx -> table.prune(tx, before, limit));
  }

  private static Changes changes(Clock clock) {
    Contacts contacts = new Contacts("w", new Ids(clock), clock);
    return new Timeline("w", clock, contacts, Changes.Listener.NONE).changes();
  }

  @Test
  void changes() {
    for (int hour = 0; hour < 4; hour++) {
      Changes changes = changes(at(hour));
      store.write(
          tx -> {
            changes.add(tx, "t", "a", "c", Map.of());
            return null;
          });
    }
    Changes changes = changes(at(9));
    assertThat(prune(changes::prune, millis(2), 1)).isEqualTo(1);
    assertThat(prune(changes::prune, millis(2), 500)).isEqualTo(1);
    assertThat(changes.after(store, 0, 9))
        .extracting(Changes.Change::at)
        .containsExactly(at(2).instant(), at(3).instant());
    assertThat(changes.newest(store)).isEqualTo(4);
    assertThat(prune(changes::prune, millis(9), 500)).isEqualTo(2);
    store.write(
        tx -> {
          changes.add(tx, "t", "a", "c", Map.of());
          return null;
        });
    assertThat(changes.newest(store)).as("numbers are never used again").isEqualTo(5);
  }

  @Test
  void parkedReceipts() {
    ProviderIds ids = new ProviderIds("w");
    for (int hour = 0; hour < 3; hour++) {
      Instant when = at(hour).instant();
      store.write(
          tx -> {
            ids.park(tx, "a", "p", DeliveryStatus.READ, null, when);
            return null;
          });
    }
    assertThat(prune(ids::pruneParked, millis(2), 500)).isEqualTo(2);
    List<ProviderIds.Parked> left = store.write(tx -> ids.unpark(tx, "a", "p"));
    assertThat(left).hasSize(1);
  }

  @Test
  void idempotencyKeys() {
    Idempotency idempotency = new Idempotency("w", store, at(9));
    for (int hour = 0; hour < 3; hour++) {
      Object[] row = {"p" + hour, "k", millis(hour)};
      store.write(
          tx ->
              tx.update(
                  "INSERT INTO idempotency (workspace, principal, request_key, digest, status, answer, created_at)"
                      + " VALUES ('w', ?, ?, '', 201, '', ?)",
                  row));
    }
    assertThat(prune(idempotency::prune, millis(2), 1)).isEqualTo(1);
    assertThat(prune(idempotency::prune, millis(2), 500)).isEqualTo(1);
    List<String> left =
        store.read(
            tx -> tx.list(row -> row.text("principal"), "SELECT principal FROM idempotency"));
    assertThat(left).containsExactly("p2");
  }
}
