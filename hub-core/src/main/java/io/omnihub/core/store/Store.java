package io.omnihub.core.store;

import io.omnihub.core.store.Transaction.Work;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The hub's database. Reads run side by side on the calling thread; writes wait in a bounded queue
 * and are committed in batches, so that one fsync serves many. Safe for all threads.
 */
public final class Store implements AutoCloseable {
  private static final int QUEUE = 8192;
  private static final int READERS = 4;

  private final Path file;
  private final FileChannel lock;
  private final Writer writer;
  private final Thread writerThread;
  private final Connection writing;
  private final Readers readers;

  private Store(Path file, FileChannel lock, Connection writing, Readers readers)
      throws SQLException {
    this.file = file;
    this.lock = lock;
    this.writing = writing;
    this.readers = readers;
    writer = new Writer(writing, QUEUE);
    writerThread = Thread.ofPlatform().name("store-writer").start(writer);
  }

  /**
   * Opens beside a hub that may have it open: for a command that reads or adds a row and is gone.
   */
  public static Store openBeside(String url) {
    return open(url, false);
  }

  /**
   * Opens for a hub, and creates or migrates where needed.
   *
   * @throws IllegalArgumentException when no store speaks this address
   * @throws StoreUnavailableException when it cannot be opened, or another hub has it open
   */
  public static Store open(String url) {
    return open(url, true);
  }

  private static Store open(String url, boolean exclusive) {
    Dialect dialect = Dialect.of(url);
    Path file = Path.of(url.substring("jdbc:sqlite:".length())).toAbsolutePath();
    try {
      Files.createDirectories(file.getParent());
      FileChannel lock = lock(file, exclusive);
      try {
        SQLiteDataSource source = source(url);
        Migrations.run(source, dialect);
        return new Store(file, lock, source.getConnection(), new Readers(source, READERS));
      } catch (SQLException | RuntimeException e) {
        lock.close();
        throw cannotOpen(file, e);
      }
    } catch (IOException e) {
      throw cannotOpen(file, e);
    }
  }

  private static StoreUnavailableException cannotOpen(Path file, Exception cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new StoreUnavailableException(
        "cannot open the store " + file + ": " + root.getMessage(), cause);
  }

  private static FileChannel lock(Path file, boolean exclusive) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".lock");
    FileChannel channel =
        FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (exclusive && !held(channel)) {
      channel.close();
      throw new StoreUnavailableException("another hub has the store " + file + " open", null);
    }
    return channel;
  }

  private static boolean held(FileChannel channel) throws IOException {
    try {
      FileLock acquired = channel.tryLock();
      return acquired != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static SQLiteDataSource source(String url) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    config.setBusyTimeout(5000);
    config.setCacheSize(-16_000);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl(url);
    return source;
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
  public Path file() {
    return file;
  }

  /** Writes what is queued, then closes. */
  @Override
  public void close() {
    writer.close();
    try {
      writerThread.join();
      readers.close();
      writing.close();
      lock.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException | IOException e) {
      throw new StoreUnavailableException("the store did not close cleanly", e);
    }
  }
}
