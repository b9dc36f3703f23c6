package io.omnihub.core.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** A file. What is committed is on the disk. */
final class SqliteDatabase implements Database {
  static final String PREFIX = "jdbc:sqlite:";
  private static final int BUSY_MILLIS = 5000;
  private static final int CACHE_KIB = 16_000;

  private final Path file;
  private final SQLiteDataSource source;
  private FileChannel lock;

  SqliteDatabase(String url) {
    file = Path.of(url.substring(PREFIX.length())).toAbsolutePath();
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    config.setBusyTimeout(BUSY_MILLIS);
    config.setCacheSize(-CACHE_KIB);
    source = new SQLiteDataSource(config);
    source.setUrl(url);
  }

  @Override
  public Dialect dialect() {
    return Dialect.SQLITE;
  }

  @Override
  public DataSource source() {
    return source;
  }

  @Override
  public Connection connect() throws SQLException {
    try {
      Files.createDirectories(file.getParent());
    } catch (IOException e) {
      throw new SQLException("cannot create " + file.getParent(), e);
    }
    return source.getConnection();
  }

  /**
   * Says so at once that it will write: a transaction that reads first would fail when a command
   * writes meanwhile. The driver's own way would hold the file between transactions, too.
   */
  @Override
  public void begin(Connection connection) throws SQLException {
    execute(connection, "BEGIN IMMEDIATE");
  }

  @Override
  public void commit(Connection connection) throws SQLException {
    execute(connection, "COMMIT");
  }

  @Override
  public void rollback(Connection connection) throws SQLException {
    execute(connection, "ROLLBACK");
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void claim() throws IOException {
    Files.createDirectories(file.getParent());
    Path beside = file.resolveSibling(file.getFileName() + ".lock");
    lock = FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!held()) {
      throw new StoreUnavailableException("another hub has the store " + file + " open", null);
    }
  }

  private boolean held() throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    if (lock != null) {
      lock.close();
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
