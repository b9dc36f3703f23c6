package io.omnihub.core.store;

import io.omnihub.core.store.Transaction.Work;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only one that writes: takes waiting work in batches, runs each batch in one transaction,
 * commits once and then completes all of it. When a batch fails, each unit of it runs again in a
 * transaction of its own, so that one bad unit harms no other.
 */
final class Writer implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
  private static final int BATCH = 512;
  private static final int SQLITE_CONSTRAINT = 19;

  /** Classes of SQL states that speak of what was asked, not of the database's health. */
  private static final Set<String> WRONG = Set.of("21", "22", "23", "42", "54");

  private final Database database;
  private final boolean exclusive;
  private final Link link;
  private final BlockingQueue<Unit<?>> queue;
  private volatile boolean closing;

  /**
   * A writer.
   *
   * @param exclusive whether nobody else may write: made sure of whenever the connection is new
   */
  Writer(Database database, boolean exclusive, int capacity) throws SQLException {
    this.database = database;
    this.exclusive = exclusive;
    link = new Link(database, true);
    link.open();
    queue = new ArrayBlockingQueue<>(capacity);
  }

  /** Queues work if there is room. */
  <T> boolean offer(Work<T> work, CompletableFuture<T> result) {
    return !closing && queue.offer(new Unit<>(work, result));
  }

  /** Queues work, waiting for room. */
  <T> void put(Work<T> work, CompletableFuture<T> result) throws InterruptedException {
    if (closing) {
      throw new StoreUnavailableException("the store is closed", null);
    }
    queue.put(new Unit<>(work, result));
  }

  boolean isClosing() {
    return closing;
  }

  int waiting() {
    return queue.size();
  }

  /** Ends the thread after what is queued. */
  void close() {
    closing = true;
    boolean unused = queue.offer(new Unit<>(tx -> null, new CompletableFuture<>()));
  }

  @Override
  public void run() {
    List<Unit<?>> batch = new ArrayList<>(BATCH);
    while (!closing || !queue.isEmpty()) {
      try {
        batch.add(queue.take());
        queue.drainTo(batch, BATCH - 1);
        commit(batch);
      } catch (InterruptedException e) {
        closing = true;
      }
      batch.clear();
    }
    closeLink();
  }

  private void closeLink() {
    try {
      link.close();
    } catch (SQLException e) {
      LOG.warn("the store's connection did not close cleanly: {}", e.getMessage());
    }
  }

  private void commit(List<Unit<?>> batch) {
    Transaction transaction;
    List<Runnable> follows;
    try {
      transaction = open();
      for (Unit<?> unit : batch) {
        unit.run(transaction);
      }
      transaction.flush();
      link.commit();
      follows = transaction.committed();
    } catch (Throwable e) {
      link.rollBack();
      failed(batch, e);
      return;
    }
    follows.forEach(Writer::runSafely);
    batch.forEach(Unit::complete);
  }

  private Transaction open() throws SQLException {
    if (exclusive && !link.isOpen()) {
      database.claimAgain();
    }
    return link.begin();
  }

  /** One bad unit harms no other; without a database all of them fail. */
  private void failed(List<Unit<?>> batch, Throwable cause) {
    if (batch.size() == 1 || !link.isOpen()) {
      batch.forEach(unit -> unit.fail(cause));
    } else {
      batch.forEach(unit -> commit(List.of(unit)));
    }
  }

  private static void runSafely(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.error("what follows a commit failed", e);
    }
  }

  private static final class Unit<T> {
    private final Work<T> work;
    private final CompletableFuture<T> result;
    private T value;

    Unit(Work<T> work, CompletableFuture<T> result) {
      this.work = work;
      this.result = result;
    }

    void run(Transaction tx) throws SQLException {
      value = work.run(tx);
    }

    void complete() {
      result.complete(value);
    }

    void fail(Throwable cause) {
      if (cause instanceof SQLException sql && breaksRule(sql)) {
        // not its message, which may tell of a row
        LOG.error("the database refuses what was to be written, SQL state {}", sql.getSQLState());
      }
      result.completeExceptionally(
          cause instanceof SQLException sql && !breaksRule(sql)
              ? new StoreUnavailableException(
                  "the store could not write: " + cause.getMessage(), cause)
              : cause);
    }

    /** The row or the statement is wrong: trying again later changes nothing. */
    private static boolean breaksRule(SQLException cause) {
      String state = cause.getSQLState();
      boolean standard =
          state != null && state.length() == 5 && WRONG.contains(state.substring(0, 2));
      return standard || cause.getErrorCode() == SQLITE_CONSTRAINT;
    }
  }
}
