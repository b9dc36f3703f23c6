package io.omnihub.core.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Rows that the writer has read or written lately, so that it need not read them again. Only the
 * writer changes rows, so what it remembers is what the database has; a batch that is undone makes
 * it forget everything. Readers are not served: they read the database. Used by the writer's thread
 * alone.
 */
public final class Recent<K, V> {
  private final Map<K, V> rows;

  /** Remembers at most so many rows. */
  public Recent(int capacity) {
    rows =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > capacity;
          }
        };
  }

  public Optional<V> get(Transaction tx, K key) {
    return tx.writing() ? Optional.ofNullable(rows.get(key)) : Optional.empty();
  }

  /** Remembers what the transaction has read or written. */
  public void put(Transaction tx, K key, V value) {
    if (tx.writing()) {
      rows.put(key, value);
      tx.onRollback(this, rows::clear);
    }
  }

  public void forget(K key) {
    rows.remove(key);
  }

  /** Forgets everything, after a change of unknown reach. */
  public void clear() {
    rows.clear();
  }
}
