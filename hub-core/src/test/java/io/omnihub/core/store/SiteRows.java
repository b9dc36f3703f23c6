package io.omnihub.core.store;

import java.util.List;

/** Rows of several kinds: numbered, with keys of texts, with bytes, with nulls. */
final class SiteRows {
  /** Tables that get a row for each turn; one row of them is deleted again. */
  static final int ROWS_EACH = 5;

  private SiteRows() {}

  /** Fills a store; the last change is deleted again, as if it had become old. */
  static void fill(Store store, int count) {
    store.write(
        tx -> {
          for (int i = 0; i < count; i++) {
            fill(tx, i);
          }
          return tx.update("DELETE FROM change WHERE seq = ?", count);
        });
  }

  private static void fill(Transaction tx, int i) throws java.sql.SQLException {
    tx.update(
        "INSERT INTO change (workspace, type, account, conversation_id, data, at) VALUES ('w', 't', 'a', 'c', ?, ?)",
        "{\"n\":" + i + "}",
        1_700_000_000_000L + i);
    tx.update(
        "INSERT INTO raw_payload (workspace, account, media_type, content, received_at) VALUES ('w', 'a', 'b', ?, ?)",
        raw(i),
        (long) i);
    tx.update(
        "INSERT INTO account_state (workspace, account, name, value) VALUES ('w', ?, ?, ?)",
        "account-" + i % 7,
        "Name_" + i,
        "Ünï " + i);
    tx.update(
        "INSERT INTO message_version (workspace, message_id, at, parts) VALUES ('w', ?, ?, '[]')",
        "m" + i / 3,
        (long) i);
    tx.update(
        "INSERT INTO message (workspace, id, conversation_id, account, channel, direction, author_kind, author_id,"
            + " author_name, parts, reply_to, address, received_at, status, reactions, attributes)"
            + " VALUES ('w', ?, 'c', 'a', 'ch', 'inbound', 'contact', 'x', '', ?, ?, '', ?, 'received', '[]', '{}')",
        "id" + i,
        "words " + i + " ñ 你好 🙂",
        i % 2 == 0 ? null : "before",
        1_700_000_000_000L);
  }

  static byte[] raw(int i) {
    return new byte[] {0, (byte) i, -1, 0};
  }

  static List<String> texts(Store store) {
    return store.read(
        tx -> tx.list(row -> row.text("parts"), "SELECT parts FROM message ORDER BY position"));
  }

  /** Adds a change and answers its number. */
  static long addChange(Store store) {
    return store.write(
        tx ->
            tx.number(
                    "INSERT INTO change (workspace, type, account, conversation_id, data, at)"
                        + " VALUES ('w', 't', 'a', 'c', '{}', 1) RETURNING seq")
                .orElseThrow());
  }
}
