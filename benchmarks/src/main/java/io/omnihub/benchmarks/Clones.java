package io.omnihub.benchmarks;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fills a database with many who are like one: all rows that the hub itself wrote for one person,
 * again and again, with other ids. So the filling is as real as that person's talk, whatever
 * columns the hub has. The hub must not run meanwhile, and nobody but that person may be in the
 * database.
 */
final class Clones {
  /** The chat of the person to copy; the copies have the chats that follow. */
  static final long CHAT = 5_000_000_000L;

  private static final int ROWS_A_COMMIT = 200_000;

  /** Tables of the whole hub, not of a person. */
  private static final Set<String> SHARED =
      Set.of("account_state", "api_key", "flyway_schema_history", "dead_letter", "attachment");

  /** Numbers that point to a row of another table by its place. */
  private static final Map<String, String> POINTERS =
      Map.of(
          "conversation.turn_cursor", "message",
          "leg.last_position", "message",
          "outbox.upto", "message",
          "journal.raw_seq", "raw_payload");

  private final Database database;
  private final List<Template> templates;

  private Clones(Database database, List<Template> templates) {
    this.database = database;
    this.templates = templates;
  }

  /** Reads the person in the database. */
  static Clones of(Database database) throws SQLException {
    try (Connection connection = database.connect()) {
      return new Clones(database, templates(connection));
    }
  }

  /**
   * Adds copies.
   *
   * @param from number of the first; the person himself is 0
   * @param to number behind the last
   * @param only the tables from which his rows are copied; empty for all
   */
  void add(long from, long to, Set<String> only) throws SQLException {
    List<Template> wanted =
        templates.stream()
            .filter(template -> only.isEmpty() || only.contains(template.table()))
            .toList();
    try (Connection connection = database.connect()) {
      database.hasten(connection);
      connection.setAutoCommit(false);
      write(connection, wanted, from, to);
      for (Template template : wanted) {
        database.continueAfterLast(connection, template.table(), template.serial());
      }
      connection.commit();
    }
  }

  private static List<Template> templates(Connection connection) throws SQLException {
    List<Template> templates = new ArrayList<>();
    Map<String, Long> strides = new HashMap<>();
    for (String table : tables(connection)) {
      Template template = Template.read(connection, table);
      strides.put(table, template.stride());
      if (!template.isEmpty()) {
        templates.add(template);
      }
    }
    templates.forEach(
        template ->
            template.movePointers(
                column -> strides.getOrDefault(POINTERS.get(template.table() + "." + column), 0L)));
    return templates;
  }

  private static List<String> tables(Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    DatabaseMetaData metadata = connection.getMetaData();
    String schema = metadata.getURL().startsWith("jdbc:postgresql:") ? "public" : null;
    try (ResultSet tables = metadata.getTables(null, schema, "%", new String[] {"TABLE"})) {
      while (tables.next()) {
        names.add(tables.getString("TABLE_NAME"));
      }
    }
    names.removeIf(name -> SHARED.contains(name) || name.startsWith("sqlite_"));
    return names;
  }

  private void write(Connection connection, List<Template> templates, long from, long to)
      throws SQLException {
    int rows = templates.stream().mapToInt(Template::size).sum();
    long commit = Math.max(1, ROWS_A_COMMIT / Math.max(1, rows));
    for (Template template : templates) {
      template.prepare(connection, database.overriding());
    }
    for (long begin = from; begin < to; begin += commit) {
      long end = Math.min(to, begin + commit);
      for (Template template : templates) {
        template.insert(begin, end);
      }
      connection.commit();
      System.err.printf("filled in %d of %d, %d rows each%n", end, to, rows);
    }
    for (Template template : templates) {
      template.close();
    }
  }
}
