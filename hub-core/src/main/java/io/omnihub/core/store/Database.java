package io.omnihub.core.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** One of the databases that a store can be. Safe for all threads. */
interface Database extends AutoCloseable {

  Dialect dialect();

  DataSource source();

  /** A connection as the store needs it. */
  default Connection connect() throws SQLException {
    return source().getConnection();
  }

  /** Begins a transaction that writes. */
  default void begin(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
  }

  default void commit(Connection connection) throws SQLException {
    connection.commit();
  }

  default void rollback(Connection connection) throws SQLException {
    connection.rollback();
  }

  /**
   * Makes sure that no other hub writes here, for as long as this is open.
   *
   * @throws StoreUnavailableException when another hub does
   */
  void claim() throws SQLException, IOException;

  /**
   * Makes sure again, after a connection was lost.
   *
   * @throws StoreUnavailableException when another hub has taken over
   */
  default void claimAgain() throws SQLException {}

  /** Where it is, for people. */
  @Override
  String toString();

  @Override
  void close() throws SQLException, IOException;

  /**
   * The database of an address.
   *
   * @throws IllegalArgumentException when none has such an address
   */
  static Database of(StoreAddress address) {
    if (address.url().startsWith(SqliteDatabase.PREFIX)) {
      return new SqliteDatabase(address.url());
    }
    if (address.url().startsWith(PostgresDatabase.PREFIX)) {
      return new PostgresDatabase(address);
    }
    throw new IllegalArgumentException(
        "store.url must begin with " + SqliteDatabase.PREFIX + " or " + PostgresDatabase.PREFIX);
  }
}
