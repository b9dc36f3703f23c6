package io.omnihub.core.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What a table holds, as two numbers that are the same in every database: how many rows, and the
 * sum of the digests of all rows, whatever their order.
 */
record RowSum(long rows, long sum) {
  private static final int FETCH = 1000;

  static RowSum of(Connection connection, CopiedTable table) throws SQLException {
    MessageDigest digest = sha256();
    long rows = 0;
    long sum = 0;
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCH);
      try (ResultSet found = statement.executeQuery(table.all())) {
        while (found.next()) {
          for (int i = 1; i <= table.columns().size(); i++) {
            add(digest, found.getObject(i));
          }
          sum += ByteBuffer.wrap(digest.digest()).getLong();
          rows++;
        }
      }
    }
    connection.commit();
    return new RowSum(rows, sum);
  }

  /** Each value with its kind and length, so that no two rows look alike. */
  private static void add(MessageDigest digest, Object value) {
    byte[] bytes =
        switch (value) {
          case null -> new byte[0];
          case byte[] raw -> raw;
          case Number number ->
              Long.toString(number.longValue()).getBytes(StandardCharsets.US_ASCII);
          default -> value.toString().getBytes(StandardCharsets.UTF_8);
        };
    char kind =
        switch (value) {
          case null -> '-';
          case byte[] raw -> 'b';
          case Number number -> 'n';
          default -> 't';
        };
    digest.update(ByteBuffer.allocate(6).putChar(kind).putInt(bytes.length).flip());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
