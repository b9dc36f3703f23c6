package io.omnihub.core.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * SQL on one connection, with its statements prepared once. Belongs to one thread at a time; valid
 * only inside of the work it is handed to.
 */
public final class Transaction {
  private final Connection connection;
  private final boolean writing;
  private final Map<String, Prepared> statements = new HashMap<>();
  private final Map<String, List<Object[]>> putOff = new LinkedHashMap<>();
  private final Map<Object, Step> beforeCommit = new LinkedHashMap<>();
  private final Map<Object, Runnable> onRollback = new LinkedHashMap<>();
  private final List<Runnable> published = new ArrayList<>();
  private final List<Runnable> afterCommit = new ArrayList<>();
  private final Set<String> marks = new HashSet<>();

  Transaction(Connection connection, boolean writing) {
    this.connection = connection;
    this.writing = writing;
  }

  /** Whether this is the writer's: what it sees nobody else changes meanwhile. */
  public boolean writing() {
    return writing;
  }

  /**
   * Runs an insert, update or delete; answers how many rows it touched. Parameters: text, numbers,
   * bytes or null.
   */
  public int update(String sql, Object... parameters) throws SQLException {
    return bind(sql, parameters).statement.executeUpdate();
  }

  /**
   * Puts an insert, update or delete off to the end of the batch, where all that have the same SQL
   * run together. For rows that nothing reads before; who may, calls {@link #flush()} first.
   */
  public void updateLater(String sql, Object... parameters) {
    putOff.computeIfAbsent(sql, s -> new ArrayList<>()).add(parameters);
  }

  /**
   * Does something once at the end of the batch, however often it is asked for with an equal key;
   * the step counts that came first.
   */
  public void beforeCommit(Object key, Step step) {
    beforeCommit.putIfAbsent(key, step);
  }

  /** Writes what was put off, so that it can be read. */
  public void flush() throws SQLException {
    while (!beforeCommit.isEmpty() || !putOff.isEmpty()) {
      List<Step> steps = List.copyOf(beforeCommit.values());
      beforeCommit.clear();
      for (Step step : steps) {
        step.run();
      }
      Map<String, List<Object[]>> now = new LinkedHashMap<>(putOff);
      putOff.clear();
      for (Map.Entry<String, List<Object[]>> same : now.entrySet()) {
        runTogether(same.getKey(), same.getValue());
      }
    }
  }

  private void runTogether(String sql, List<Object[]> all) throws SQLException {
    if (all.size() == 1) {
      bind(sql, all.getFirst()).statement.executeUpdate();
      return;
    }
    PreparedStatement statement = prepared(sql).statement;
    for (Object[] parameters : all) {
      bind(statement, parameters);
      statement.addBatch();
    }
    statement.executeBatch();
  }

  /**
   * Remembers a word for the rest of the batch; true for the first who says it. So units of one
   * batch, which see each other's rows, can know of each other what is in no row.
   */
  public boolean mark(String word) {
    return marks.add(word);
  }

  /** Whether the word was said in this batch. */
  public boolean marked(String word) {
    return marks.contains(word);
  }

  /** Undoes what a unit has changed outside of the database; once for equal keys. */
  public void onRollback(Object key, Runnable undo) {
    onRollback.putIfAbsent(key, undo);
  }

  /** All rows. */
  public <T> List<T> list(RowReader<T> reader, String sql, Object... parameters)
      throws SQLException {
    Prepared prepared = bind(sql, parameters);
    try (ResultSet rows = prepared.statement.executeQuery()) {
      List<T> found = new ArrayList<>();
      Row row = new Row(rows, prepared);
      while (rows.next()) {
        found.add(reader.read(row));
      }
      return found;
    }
  }

  /** The first row, if there is one. */
  public <T> Optional<T> first(RowReader<T> reader, String sql, Object... parameters)
      throws SQLException {
    Prepared prepared = bind(sql, parameters);
    try (ResultSet rows = prepared.statement.executeQuery()) {
      return rows.next() ? Optional.of(reader.read(new Row(rows, prepared))) : Optional.empty();
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

  /**
   * Runs once the transaction is durable, before everything that follows it: whoever is woken by a
   * commit shall see what it changed. On the writer's thread; must not block.
   */
  public void publish(Runnable action) {
    published.add(action);
  }

  /** The batch is durable: forgets it; answers what is to follow. */
  List<Runnable> committed() {
    List<Runnable> follows = new ArrayList<>(published);
    follows.addAll(afterCommit);
    forget();
    return follows;
  }

  /** The batch is undone: forgets it, and undoes what it changed elsewhere. */
  void rolledBack() {
    onRollback.values().forEach(Runnable::run);
    forget();
  }

  private void forget() {
    published.clear();
    afterCommit.clear();
    onRollback.clear();
    beforeCommit.clear();
    putOff.clear();
    marks.clear();
  }

  private Prepared bind(String sql, Object... parameters) throws SQLException {
    Prepared prepared = prepared(sql);
    bind(prepared.statement, parameters);
    return prepared;
  }

  private Prepared prepared(String sql) throws SQLException {
    Prepared prepared = statements.get(sql);
    if (prepared == null) {
      prepared = new Prepared(connection.prepareStatement(sql));
      statements.put(sql, prepared);
    }
    return prepared;
  }

  /** A statement, and where its columns are: drivers look names up anew in every row. */
  private static final class Prepared {
    private final PreparedStatement statement;
    private final Map<String, Integer> columns = new HashMap<>();

    Prepared(PreparedStatement statement) {
      this.statement = statement;
    }

    int column(ResultSet rows, String name) throws SQLException {
      Integer known = columns.get(name);
      if (known == null) {
        known = rows.findColumn(name);
        columns.put(name, known);
      }
      return known;
    }
  }

  private static void bind(PreparedStatement statement, Object[] parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(
          i + 1, parameters[i] instanceof String text ? storable(text) : parameters[i]);
    }
  }

  /** No database keeps the character NUL in a text; a text from outside may hold one. */
  private static String storable(String text) {
    return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
  }

  void closeStatements() throws SQLException {
    List<Prepared> open = List.copyOf(statements.values());
    statements.clear();
    for (Prepared prepared : open) {
      prepared.statement.close();
    }
  }

  /** Something to do with the database. */
  public interface Step {
    void run() throws SQLException;
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
    private final Prepared prepared;

    private Row(ResultSet rows, Prepared prepared) {
      this.rows = rows;
      this.prepared = prepared;
    }

    private int at(String column) throws SQLException {
      return prepared.column(rows, column);
    }

    /** The text, empty when it is null. */
    public String text(String column) throws SQLException {
      String value = rows.getString(at(column));
      return value == null ? "" : value;
    }

    /** The text, null when it is null: for values that the outside sees as null. */
    public String nullableText(String column) throws SQLException {
      return rows.getString(at(column));
    }

    public long number(String column) throws SQLException {
      return rows.getLong(at(column));
    }

    public long number(int column) throws SQLException {
      return rows.getLong(column);
    }

    public boolean flag(String column) throws SQLException {
      return rows.getInt(at(column)) != 0;
    }

    /** A time kept as epoch milliseconds; null when it is null. */
    public java.time.Instant time(String column) throws SQLException {
      long millis = rows.getLong(at(column));
      return rows.wasNull() ? null : java.time.Instant.ofEpochMilli(millis);
    }

    public byte[] bytes(String column) throws SQLException {
      return rows.getBytes(at(column));
    }
  }
}
