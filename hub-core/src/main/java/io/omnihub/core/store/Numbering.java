package io.omnihub.core.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Where a database keeps the last number that it gave to a row. It may be higher than that of any
 * row that is left, and numbers are never given again.
 */
enum Numbering {
  SQLITE {
    @Override
    long last(Connection connection, String table, String column) throws SQLException {
      return number(connection, "SELECT seq FROM sqlite_sequence WHERE name = ?", table);
    }

    @Override
    void set(Connection connection, String table, String column, long last) throws SQLException {
      execute(connection, "DELETE FROM sqlite_sequence WHERE name = ?", table);
      execute(connection, "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", table, last);
    }
  },
  POSTGRESQL {
    @Override
    long last(Connection connection, String table, String column) throws SQLException {
      return number(
          connection,
          "SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence(?, ?)::regclass), 0)",
          table,
          column);
    }

    @Override
    void set(Connection connection, String table, String column, long last) throws SQLException {
      execute(connection, "SELECT setval(pg_get_serial_sequence(?, ?), ?)", table, column, last);
    }
  };

  /** The last number that was given, 0 when none was. */
  abstract long last(Connection connection, String table, String column) throws SQLException;

  /** Goes on behind a number. */
  abstract void set(Connection connection, String table, String column, long last)
      throws SQLException;

  static Numbering of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return product.equals("PostgreSQL") ? POSTGRESQL : SQLITE;
  }

  private static long number(Connection connection, String sql, String... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getLong(1) : 0;
      }
    }
  }

  private static void execute(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.execute();
    }
  }
}
