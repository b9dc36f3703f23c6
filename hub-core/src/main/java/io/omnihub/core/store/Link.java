package io.omnihub.core.store;

import java.sql.Connection;
import java.sql.SQLException;

/** One connection to the database, made anew when it was lost. Belongs to one thread at a time. */
final class Link {
  private static final int ALIVE_SECONDS = 2;

  private final Database database;
  private final boolean writing;
  private Connection connection;
  private Transaction transaction;

  Link(Database database, boolean writing) {
    this.database = database;
    this.writing = writing;
  }

  /** The transaction of this connection. */
  Transaction open() throws SQLException {
    if (connection == null) {
      connection = database.connect();
      transaction = new Transaction(connection, writing);
    }
    return transaction;
  }

  boolean isOpen() {
    return connection != null;
  }

  /** Begins to write. */
  Transaction begin() throws SQLException {
    Transaction opened = open();
    database.begin(connection);
    return opened;
  }

  void commit() throws SQLException {
    database.commit(connection);
  }

  /** Takes back what is not committed, and finds out whether the connection still lives. */
  void rollBack() {
    if (transaction != null) {
      transaction.rolledBack();
    }
    try {
      if (connection != null) {
        database.rollback(connection);
      }
    } catch (SQLException e) {
      // SQLite rolls a full disk back by itself, and then there is nothing to roll back
      drop();
    }
    failed();
  }

  /** Something failed: the connection is given up unless it still answers. */
  void failed() {
    try {
      if (connection != null && connection.isValid(ALIVE_SECONDS)) {
        transaction.closeStatements();
      } else {
        drop();
      }
    } catch (SQLException e) {
      drop();
    }
  }

  private void drop() {
    try {
      close();
    } catch (SQLException e) {
      connection = null;
    }
  }

  void close() throws SQLException {
    Connection old = connection;
    connection = null;
    if (old != null) {
      old.close();
    }
  }
}
