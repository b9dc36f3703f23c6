package io.omnihub.core.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A server. One hub writes to a schema at a time: it holds an advisory lock on a connection of its
 * own, which the server gives up when the hub or the server dies.
 */
final class PostgresDatabase implements Database {
  static final String PREFIX = "jdbc:postgresql:";

  /** Any number that nobody else locks; it spells "omni". */
  private static final int LOCK = 0x6f6d6e69;

  private static final int CONNECT_SECONDS = 5;
  private static final int ANSWER_SECONDS = 60;
  private static final int ALIVE_SECONDS = 2;

  /** So long the server may take to notice that the hub before this one has died. */
  private static final Duration HANDOVER = Duration.ofSeconds(2);

  private final StoreAddress address;
  private final PGSimpleDataSource source = new PGSimpleDataSource();
  private Connection guard;

  PostgresDatabase(StoreAddress address) {
    this.address = address;
    source.setUrl(address.url());
    if (!address.user().isEmpty()) {
      source.setUser(address.user());
      source.setPassword(address.password());
    }
    source.setApplicationName("omnihub");
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setSocketTimeout(ANSWER_SECONDS);
    source.setTcpKeepAlive(true);
    source.setReWriteBatchedInserts(true);
    // the detail quotes values, such as the address that is there already
    source.setLogServerErrorDetail(false);
  }

  @Override
  public Dialect dialect() {
    return Dialect.POSTGRESQL;
  }

  @Override
  public DataSource source() {
    return source;
  }

  @Override
  public synchronized void claim() throws SQLException {
    guard = connect();
    long end = System.nanoTime() + HANDOVER.toNanos();
    while (!ask("SELECT pg_try_advisory_lock(?, hashtext(current_schema()))")) {
      if (System.nanoTime() - end > 0) {
        close();
        throw new StoreUnavailableException(
            "another hub has the store "
                + this
                + " open; a database serves one hub at a time, stop the other one first",
            null);
      }
      LockSupport.parkNanos(HANDOVER.toNanos() / 20);
    }
  }

  private boolean ask(String sql) throws SQLException {
    try (PreparedStatement statement = guard.prepareStatement(sql)) {
      statement.setInt(1, LOCK);
      try (ResultSet answer = statement.executeQuery()) {
        answer.next();
        return answer.getBoolean(1);
      }
    }
  }

  @Override
  public synchronized void claimAgain() throws SQLException {
    if (guard == null || !guard.isValid(ALIVE_SECONDS)) {
      drop();
      claim();
    }
  }

  @Override
  public synchronized void close() throws SQLException {
    Connection last = guard;
    guard = null;
    if (last != null) {
      // the server gives the lock up, too, but a moment after this has returned
      try (last;
          Statement unlock = last.createStatement()) {
        unlock.execute("SELECT pg_advisory_unlock_all()");
      }
    }
  }

  /** A connection that is lost has nothing to unlock. */
  private void drop() throws SQLException {
    Connection lost = guard;
    guard = null;
    if (lost != null) {
      lost.close();
    }
  }

  /** Without what follows a question mark, where people write passwords. */
  @Override
  public String toString() {
    return address.url().replaceAll("\\?.*", "");
  }
}
