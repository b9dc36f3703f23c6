package io.omnihub.core.store;

import java.util.Map;

/** What differs between the databases; all other SQL is common to them. */
enum Dialect {
  SQLITE("INTEGER PRIMARY KEY AUTOINCREMENT", "BLOB");

  private final String serial;
  private final String bytes;

  Dialect(String serial, String bytes) {
    this.serial = serial;
    this.bytes = bytes;
  }

  /** Words that migrations leave open. */
  Map<String, String> placeholders() {
    return Map.of("serial", serial, "bytes", bytes);
  }

  /**
   * The dialect of a JDBC address.
   *
   * @throws IllegalArgumentException when no dialect speaks it
   */
  static Dialect of(String url) {
    if (url.startsWith("jdbc:sqlite:")) {
      return SQLITE;
    }
    throw new IllegalArgumentException(
        "store.url must begin with jdbc:sqlite: (this version has no other store)");
  }
}
