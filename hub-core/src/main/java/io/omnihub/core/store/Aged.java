package io.omnihub.core.store;

import java.sql.SQLException;
import java.util.Optional;

/**
 * Finds the old rows of a table that numbers them as they come. The numbers follow the time, so a
 * search by halves finds the border in some twenty reads, and a busy table needs no index by time.
 */
public final class Aged {
  private Aged() {}

  private record Place(long seq, long at) {}

  /**
   * The number up to which all rows are older than a moment; 0 when there is none.
   *
   * @param table a table with a column {@code seq}
   * @param column the column with the time, in epoch milliseconds
   */
  public static long upTo(Transaction tx, String table, String column, long moment)
      throws SQLException {
    String places = "SELECT seq, " + column + " AS at FROM " + table;
    Optional<Place> first = place(tx, places + " ORDER BY seq LIMIT 1");
    if (first.isEmpty() || first.get().at() >= moment) {
      return 0;
    }
    Place last = place(tx, places + " ORDER BY seq DESC LIMIT 1").orElseThrow();
    if (last.at() < moment) {
      return last.seq();
    }
    long old = first.get().seq();
    long young = last.seq();
    while (young - old > 1) {
      long middle = old + (young - old) / 2;
      Place found =
          place(tx, places + " WHERE seq >= ? ORDER BY seq LIMIT 1", middle).orElseThrow();
      if (found.at() < moment) {
        old = found.seq();
      } else {
        young = middle;
      }
    }
    return old;
  }

  private static Optional<Place> place(Transaction tx, String sql, Object... parameters)
      throws SQLException {
    return tx.first(row -> new Place(row.number("seq"), row.number("at")), sql, parameters);
  }
}
