package io.omnihub.core.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Consumer;

/**
 * Copies all of a hub's tables into another database, page by page in the order of the primary key,
 * and then holds both against each other. A copy that was stopped goes on where it was when it is
 * run again. For one thread.
 */
public final class SiteCopy {
  private static final int PAGE = 1000;
  private static final int PAGES_A_LINE = 50;

  private final Connection source;
  private final Connection target;
  private final int pageSize;
  private final Consumer<String> progress;

  /**
   * A copy between two databases that have the same schema; nobody else may write to either.
   *
   * @param pageSize rows that are written in one transaction
   * @param progress is told what is done, a line at a time
   */
  SiteCopy(Connection source, Connection target, int pageSize, Consumer<String> progress) {
    this.source = source;
    this.target = target;
    this.pageSize = pageSize;
    this.progress = progress;
  }

  /**
   * Copies a site; makes or migrates the schema of both first.
   *
   * @return how many rows the target has now
   * @throws StoreUnavailableException when a hub has one of them open, or one fails
   * @throws IllegalStateException when the target has data of its own, or differs in the end
   */
  @SuppressWarnings("try") // the two stores are held for their locks, nothing else
  public static long run(String from, String to, Consumer<String> progress) {
    // an open store keeps hubs away from its database while the rows go by a connection beside it
    try (Store unusedSource = Store.open(StoreAddress.of(from));
        Store unusedTarget = Store.open(StoreAddress.of(to));
        Connection source = DriverManager.getConnection(from);
        Connection target = DriverManager.getConnection(to)) {
      return new SiteCopy(source, target, PAGE, progress).run();
    } catch (SQLException e) {
      throw new StoreUnavailableException("the copy stopped: " + e.getMessage(), e);
    }
  }

  long run() throws SQLException {
    source.setAutoCommit(false);
    target.setAutoCommit(false);
    SortedSet<String> names = CopiedTable.names(source);
    if (!names.equals(CopiedTable.names(target))) {
      throw new IllegalStateException("the two databases have different tables");
    }
    List<CopiedTable> tables = new ArrayList<>();
    for (String name : names) {
      tables.add(CopiedTable.of(source, name));
    }
    refuseForeignRows(tables);
    CopyProgress copied = new CopyProgress(target);
    for (CopiedTable table : tables) {
      copy(table, copied);
      continueNumbers(table);
    }
    long rows = 0;
    for (CopiedTable table : tables) {
      rows += compare(table);
    }
    copied.end();
    return rows;
  }

  private void refuseForeignRows(List<CopiedTable> tables) throws SQLException {
    if (!CopyProgress.begun(target)) {
      for (CopiedTable table : tables) {
        if (!page(target, table, List.of(), 1).isEmpty()) {
          throw new IllegalStateException(
              "the target has data of its own in " + table.name() + "; name an empty database");
        }
      }
    }
    target.commit();
  }

  private void copy(CopiedTable table, CopyProgress copied) throws SQLException {
    List<Object> last = copied.last(table.name());
    List<List<Object>> page = page(source, table, last, pageSize);
    long rows = 0;
    for (int pages = 1; !page.isEmpty(); pages++) {
      insert(table, page);
      last = key(table, page.getLast());
      copied.note(table.name(), last);
      target.commit();
      rows += page.size();
      if (pages % PAGES_A_LINE == 0) {
        progress.accept(table.name() + ": " + rows + " rows copied");
      }
      page = page(source, table, last, pageSize);
    }
    if (rows > 0) {
      progress.accept(table.name() + ": " + rows + " rows copied");
    }
    source.commit();
  }

  private static List<Object> key(CopiedTable table, List<Object> row) {
    return table.key().stream().map(column -> row.get(table.columns().indexOf(column))).toList();
  }

  private static List<List<Object>> page(
      Connection connection, CopiedTable table, List<Object> after, int limit) throws SQLException {
    String sql = after.isEmpty() ? table.firstPage() : table.nextPage();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int place = 1;
      for (Object value : after) {
        statement.setObject(place++, value);
      }
      statement.setInt(place, limit);
      List<List<Object>> page = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          List<Object> row = new ArrayList<>();
          for (int i = 1; i <= table.columns().size(); i++) {
            row.add(rows.getObject(i));
          }
          page.add(row);
        }
      }
      return page;
    }
  }

  private void insert(CopiedTable table, List<List<Object>> page) throws SQLException {
    try (PreparedStatement statement = target.prepareStatement(table.insert())) {
      for (List<Object> row : page) {
        for (int i = 0; i < row.size(); i++) {
          statement.setObject(i + 1, row.get(i));
        }
        statement.addBatch();
      }
      int[] unused = statement.executeBatch();
    }
  }

  /** Readers of the feed remember numbers, so the target never gives one again. */
  private void continueNumbers(CopiedTable table) throws SQLException {
    String column = table.key().getFirst();
    long last =
        table.key().size() == 1 ? Numbering.of(source).last(source, table.name(), column) : 0;
    if (last > 0) {
      Numbering.of(target).set(target, table.name(), column, last);
    }
    source.commit();
    target.commit();
  }

  private long compare(CopiedTable table) throws SQLException {
    RowSum expected = RowSum.of(source, table);
    RowSum found = RowSum.of(target, table);
    if (!found.equals(expected)) {
      throw new IllegalStateException(
          "the table "
              + table.name()
              + " differs: "
              + expected.rows()
              + " rows in the source, "
              + found.rows()
              + " in the target; the source has changed since the copy began, empty the target and begin anew");
    }
    progress.accept(table.name() + ": " + found.rows() + " rows, the same in both");
    return found.rows();
  }
}
