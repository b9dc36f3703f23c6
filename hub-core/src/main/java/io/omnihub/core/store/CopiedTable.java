package io.omnihub.core.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A table as the schema itself describes it, and the SQL that reads and writes it whole.
 *
 * @param key the columns of the primary key, in their order
 */
record CopiedTable(String name, List<String> columns, List<String> key) {
  CopiedTable {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    if (key.isEmpty()) {
      throw new IllegalArgumentException("the table " + name + " has no primary key");
    }
  }

  /** The names of a hub's own tables, in a fixed order. */
  static SortedSet<String> names(Connection connection) throws SQLException {
    SortedSet<String> names = new TreeSet<>();
    try (ResultSet tables =
        connection.getMetaData().getTables(null, schema(connection), "%", new String[] {"TABLE"})) {
      while (tables.next()) {
        String name = tables.getString("TABLE_NAME");
        boolean own =
            !name.startsWith("sqlite_")
                && !name.equals("flyway_schema_history")
                && !name.equals(CopyProgress.TABLE);
        if (own) {
          names.add(name);
        }
      }
    }
    return names;
  }

  static CopiedTable of(Connection connection, String name) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet none = statement.executeQuery("SELECT * FROM " + quoted(name) + " WHERE 1 = 0")) {
      ResultSetMetaData described = none.getMetaData();
      for (int i = 1; i <= described.getColumnCount(); i++) {
        columns.add(described.getColumnName(i));
      }
    }
    SortedMap<Integer, String> key = new TreeMap<>();
    try (ResultSet keys = connection.getMetaData().getPrimaryKeys(null, schema(connection), name)) {
      while (keys.next()) {
        key.put(keys.getInt("KEY_SEQ"), keys.getString("COLUMN_NAME"));
      }
    }
    return new CopiedTable(name, columns, List.copyOf(key.values()));
  }

  private static String schema(Connection connection) throws SQLException {
    return Numbering.of(connection) == Numbering.POSTGRESQL ? connection.getSchema() : null;
  }

  private static String quoted(String name) {
    return '"' + name + '"';
  }

  private static String list(List<String> names) {
    return names.stream().map(CopiedTable::quoted).collect(Collectors.joining(", "));
  }

  private static String marks(int count) {
    return String.join(", ", java.util.Collections.nCopies(count, "?"));
  }

  String all() {
    return "SELECT " + list(columns) + " FROM " + quoted(name);
  }

  String firstPage() {
    return all() + " ORDER BY " + list(key) + " LIMIT ?";
  }

  String nextPage() {
    return all()
        + " WHERE ("
        + list(key)
        + ") > ("
        + marks(key.size())
        + ") ORDER BY "
        + list(key)
        + " LIMIT ?";
  }

  String insert() {
    return "INSERT INTO "
        + quoted(name)
        + " ("
        + list(columns)
        + ") VALUES ("
        + marks(columns.size())
        + ") ON CONFLICT DO NOTHING";
  }
}
