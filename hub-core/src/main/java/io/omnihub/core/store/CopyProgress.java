package io.omnihub.core.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.omnihub.api.json.HubJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a copy has come: a table in the target, written together with the rows, and gone when the
 * copy is done.
 */
final class CopyProgress {
  static final String TABLE = "copy_progress";

  private final Connection target;

  /** Takes up the progress of a copy that was stopped, or begins. */
  CopyProgress(Connection target) throws SQLException {
    this.target = target;
    execute(
        "CREATE TABLE IF NOT EXISTS " + TABLE + " (name TEXT PRIMARY KEY, last_key TEXT NOT NULL)");
  }

  /** Whether a copy was stopped in this target. */
  static boolean begun(Connection target) throws SQLException {
    try (ResultSet tables = target.getMetaData().getTables(null, null, TABLE, null)) {
      return tables.next();
    }
  }

  /** The key of the last row that was copied, empty when none was. */
  List<Object> last(String table) throws SQLException {
    try (PreparedStatement statement =
        target.prepareStatement("SELECT last_key FROM " + TABLE + " WHERE name = ?")) {
      statement.setString(1, table);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? key(rows.getString(1)) : List.of();
      }
    }
  }

  private static List<Object> key(String json) {
    List<Object> key = new ArrayList<>();
    for (JsonNode value : Json.read(json, JsonNode.class)) {
      key.add(value.isIntegralNumber() ? (Object) value.asLong() : value.asText());
    }
    return key;
  }

  /** Notes the key of the last row; becomes durable with the rows. */
  void note(String table, List<Object> key) throws SQLException {
    ArrayNode json = HubJson.mapper().createArrayNode();
    for (Object value : key) {
      if (value instanceof Number number) {
        json.add(number.longValue());
      } else {
        json.add(value.toString());
      }
    }
    try (PreparedStatement statement =
        target.prepareStatement(
            "INSERT INTO "
                + TABLE
                + " (name, last_key) VALUES (?, ?)"
                + " ON CONFLICT (name) DO UPDATE SET last_key = excluded.last_key")) {
      statement.setString(1, table);
      statement.setString(2, json.toString());
      statement.executeUpdate();
    }
  }

  /** The copy is done. */
  void end() throws SQLException {
    execute("DROP TABLE " + TABLE);
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = target.createStatement()) {
      statement.execute(sql);
    }
    target.commit();
  }
}
