package io.omnihub.core.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;

/**
 * What readers need of rows that were written lately. Only the writer puts something in, once it is
 * durable and in the order in which it became so; thus nobody is served anything older than what is
 * committed. What is not here is read from the database. Safe for all threads.
 */
public final class Shared<K, V> {
  private final Cache<K, V> rows;

  /** Remembers at most about so many rows. */
  public Shared(int capacity) {
    rows = Caffeine.newBuilder().maximumSize(capacity).executor(Runnable::run).build();
  }

  /** What is committed under the key, if it is remembered; in a writing transaction nothing. */
  public Optional<V> get(Transaction tx, K key) {
    return tx.writing() ? Optional.empty() : Optional.ofNullable(rows.getIfPresent(key));
  }

  public void put(Transaction tx, K key, V value) {
    tx.publish(() -> rows.put(key, value));
  }

  /** The row changes. */
  public void forget(Transaction tx, K key) {
    tx.publish(() -> rows.invalidate(key));
  }

  /** Many rows change. */
  public void clear(Transaction tx) {
    tx.publish(rows::invalidateAll);
  }
}
