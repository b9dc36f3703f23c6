package io.omnihub.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToLongFunction;

/** One person's rows of one table, ready to be written again under other ids. */
final class Template {
  private static final int BATCH = 1000;

  private final String table;
  private final List<String> columns = new ArrayList<>();
  private final List<Integer> types = new ArrayList<>();
  private final List<Cell[]> rows = new ArrayList<>();
  private long stride;
  private PreparedStatement statement;
  private int waiting;

  private Template(String table) {
    this.table = table;
  }

  static Template read(Connection connection, String table) throws SQLException {
    Template template = new Template(table);
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM " + table)) {
      ResultSetMetaData metadata = row.getMetaData();
      for (int i = 1; i <= metadata.getColumnCount(); i++) {
        template.columns.add(metadata.getColumnName(i));
        template.types.add(metadata.getColumnType(i));
      }
      while (row.next()) {
        template.rows.add(template.cells(row));
      }
    }
    template.moveSerial();
    return template;
  }

  private Cell[] cells(ResultSet row) throws SQLException {
    Cell[] cells = new Cell[columns.size()];
    for (int i = 0; i < cells.length; i++) {
      Object value = types.get(i) == Types.OTHER ? row.getString(i + 1) : row.getObject(i + 1);
      boolean key = columns.get(i).equals("dedupe_key");
      cells[i] = Cell.of(value, key);
    }
    return cells;
  }

  /** The rows of each copy follow those of the one before. */
  private void moveSerial() {
    int column = columns.indexOf(serial());
    if (column >= 0 && !rows.isEmpty()) {
      List<Long> places = rows.stream().map(cells -> cells[column].number()).toList();
      stride = Collections.max(places) - Collections.min(places) + 1;
      move(column, stride);
    }
  }

  /** Numbers that point to rows of other tables follow those rows. */
  void movePointers(ToLongFunction<String> steps) {
    for (int i = 0; i < columns.size(); i++) {
      long step = steps.applyAsLong(columns.get(i));
      if (step != 0) {
        move(i, step);
      }
    }
  }

  private void move(int column, long step) {
    rows.forEach(cells -> cells[column] = cells[column].moving(step));
  }

  String table() {
    return table;
  }

  /** The column that the database counts up; empty when there is none. */
  String serial() {
    return columns.contains("seq") ? "seq" : columns.contains("position") ? "position" : "";
  }

  /** By how much the serial column grows from one copy to the next. */
  long stride() {
    return stride;
  }

  int size() {
    return rows.size();
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  void prepare(Connection connection, String overriding) throws SQLException {
    String marks = String.join(", ", Collections.nCopies(columns.size(), "?"));
    statement =
        connection.prepareStatement(
            "INSERT INTO %s (%s) %s VALUES (%s)"
                .formatted(table, String.join(", ", columns), overriding, marks));
  }

  /** Writes the copies with these numbers. */
  void insert(long from, long to) throws SQLException {
    for (long number = from; number < to; number++) {
      for (Cell[] cells : rows) {
        bind(cells, number);
      }
    }
    statement.executeBatch();
    waiting = 0;
  }

  private void bind(Cell[] cells, long number) throws SQLException {
    for (int i = 0; i < cells.length; i++) {
      Object value = cells[i].value(number);
      if (types.get(i) == Types.OTHER || value == null) {
        statement.setObject(i + 1, value, types.get(i));
      } else {
        statement.setObject(i + 1, value);
      }
    }
    statement.addBatch();
    waiting++;
    if (waiting == BATCH) {
      statement.executeBatch();
      waiting = 0;
    }
  }

  void close() throws SQLException {
    statement.close();
  }
}
