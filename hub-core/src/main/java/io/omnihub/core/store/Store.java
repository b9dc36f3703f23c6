package io.omnihub.core.store;

import io.omnihub.core.store.Transaction.Work;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

/**
 * The hub's database. Reads run side by side on the calling thread; writes wait in a bounded queue
 * and are committed in batches, so that one fsync serves many. Safe for all threads.
 */
public final class Store implements AutoCloseable {
  private static final int QUEUE = 8192;
  private static final int READERS = 4;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Database database;
  private final Writer writer;
  private final Thread writerThread;
  private final Readers readers;

  private Store(Database database, boolean exclusive) throws SQLException {
    this.database = database;
    readers = new Readers(database, READERS);
    writer = new Writer(database, exclusive, QUEUE);
    writerThread = Thread.ofPlatform().name("store-writer").start(writer);
  }

  /**
   * Opens beside a hub that may have it open: for a command that reads or adds a row and is gone.
   */
  public static Store openBeside(StoreAddress address) {
    return open(address, false);
  }

  /**
   * Opens for a hub, and creates or migrates where needed.
   *
   * @throws IllegalArgumentException when no store speaks this address
   * @throws StoreUnavailableException when it cannot be opened, or another hub has it open
   */
  public static Store open(StoreAddress address) {
    return open(address, true);
  }

  private static Store open(StoreAddress address, boolean exclusive) {
    Database database = Database.of(address);
    try {
      if (exclusive) {
        database.claim();
      }
      Migrations.run(database);
      return new Store(database, exclusive);
    } catch (StoreUnavailableException e) {
      close(database);
      throw e;
    } catch (SQLException | IOException | RuntimeException e) {
      close(database);
      throw cannotOpen(database, e);
    }
  }

  private static void close(Database database) {
    try {
      database.close();
    } catch (SQLException | IOException e) {
      throw cannotOpen(database, e);
    }
  }

  private static StoreUnavailableException cannotOpen(Database database, Exception cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new StoreUnavailableException(
        "cannot open the store " + database + ": " + root.getMessage(), cause);
  }

  /**
   * Queues work; the result completes once it is durable, or fails and nothing of it is stored.
   *
   * @return empty when the queue is full: the caller tells its peer to come again later
   */
  public <T> Optional<CompletableFuture<T>> offer(Work<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    return writer.offer(work, result) ? Optional.of(result) : Optional.empty();
  }

  /**
   * Runs work and returns once it is durable; waits while the queue is full.
   *
   * @throws StoreUnavailableException when the database fails; nothing of the work is stored then
   */
  public <T> T write(Work<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      writer.put(work, result);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted while the store was busy", e);
    }
    return join(result);
  }

  /**
   * Runs work until it is durable, however long the database is away: for what the hub must not
   * forget because nobody will tell it again. The work may run after an earlier run of it has been
   * committed without the hub hearing of that.
   *
   * @throws StoreUnavailableException when the store is closed meanwhile
   */
  public <T> T insist(Work<T> work) {
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        return write(work);
      } catch (StoreUnavailableException e) {
        if (writer.isClosing()) {
          throw e;
        }
        LockSupport.parkNanos(pause.toNanos());
        pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
      }
    }
  }

  /** Waits for offered work and unwraps its failure. */
  public static <T> T join(CompletableFuture<T> result) {
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(
          "the store failed: " + e.getCause().getMessage(), e.getCause());
    }
  }

  /** Reads what is committed. */
  public <T> T read(Work<T> work) {
    try {
      return readers.read(work);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted while the store was busy", e);
    } catch (SQLException e) {
      throw new StoreUnavailableException("the store could not read: " + e.getMessage(), e);
    }
  }

  /** How many units of work wait to be written. */
  public int waiting() {
    return writer.waiting();
  }

  /** Where it is, for people. */
  @Override
  public String toString() {
    return database.toString();
  }

  /** Writes what is queued, then closes. */
  @Override
  public void close() {
    writer.close();
    try {
      writerThread.join();
      readers.close();
      database.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException | IOException e) {
      throw new StoreUnavailableException("the store did not close cleanly", e);
    }
  }
}
