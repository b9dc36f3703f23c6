package io.omnihub.core.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * SQL on one connection, with its statements prepared once. Belongs to one thread at a time; valid
 * only inside of the work it is handed to.
 */
public final class Transaction {
  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private final List<Runnable> afterCommit = new ArrayList<>();

  Transaction(Connection connection) {
    this.connection = connection;
  }

  /**
   * Runs an insert, update or delete; answers how many rows it touched. Parameters: text, numbers,
   * bytes or null.
   */
  public int update(String sql, Object... parameters) throws SQLException {
    return bind(sql, parameters).executeUpdate();
  }

  /** All rows. */
  public <T> List<T> list(RowReader<T> reader, String sql, Object... parameters)
      throws SQLException {
    try (ResultSet rows = bind(sql, parameters).executeQuery()) {
      List<T> found = new ArrayList<>();
      Row row = new Row(rows);
      while (rows.next()) {
        found.add(reader.read(row));
      }
      return found;
    }
  }

  /** The first row, if there is one. */
  public <T> Optional<T> first(RowReader<T> reader, String sql, Object... parameters)
      throws SQLException {
    try (ResultSet rows = bind(sql, parameters).executeQuery()) {
      return rows.next() ? Optional.of(reader.read(new Row(rows))) : Optional.empty();
    }
  }

  /**
   * The one number that a query or an {@code INSERT … RETURNING} answers; empty when it answers no
   * row.
   */
  public Optional<Long> number(String sql, Object... parameters) throws SQLException {
    return first(row -> row.number(1), sql, parameters);
  }

  /**
   * Runs once the transaction is durable, on the writer's thread: hand work over, never block. Not
   * run after a rollback.
   */
  public void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  List<Runnable> takeAfterCommit() {
    List<Runnable> taken = List.copyOf(afterCommit);
    afterCommit.clear();
    return taken;
  }

  private PreparedStatement bind(String sql, Object... parameters) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }

  void closeStatements() throws SQLException {
    for (PreparedStatement statement : statements.values()) {
      statement.close();
    }
    statements.clear();
  }

  /** Makes a value of a row. */
  public interface RowReader<T> {
    T read(Row row) throws SQLException;
  }

  /**
   * Work inside of a transaction. May be run again after a rollback: it changes nothing but the
   * database.
   */
  public interface Work<T> {
    T run(Transaction tx) throws SQLException;
  }

  /** The row that is being read; columns by name or by number from 1. */
  public static final class Row {
    private final ResultSet rows;

    private Row(ResultSet rows) {
      this.rows = rows;
    }

    /** The text, empty when it is null. */
    public String text(String column) throws SQLException {
      String value = rows.getString(column);
      return value == null ? "" : value;
    }

    /** The text, null when it is null: for values that the outside sees as null. */
    public String nullableText(String column) throws SQLException {
      return rows.getString(column);
    }

    public long number(String column) throws SQLException {
      return rows.getLong(column);
    }

    public long number(int column) throws SQLException {
      return rows.getLong(column);
    }

    public boolean flag(String column) throws SQLException {
      return rows.getInt(column) != 0;
    }

    /** A time kept as epoch milliseconds; null when it is null. */
    public java.time.Instant time(String column) throws SQLException {
      long millis = rows.getLong(column);
      return rows.wasNull() ? null : java.time.Instant.ofEpochMilli(millis);
    }

    public byte[] bytes(String column) throws SQLException {
      return rows.getBytes(column);
    }
  }
}
