package io.omnihub.core.timeline;

import io.omnihub.core.store.Aged;
import io.omnihub.core.store.Json;
import io.omnihub.core.store.Store;
import io.omnihub.core.store.Transaction;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The feed of everything that changes, in order, for whoever watches. Safe for all threads. */
public final class Changes {
  private static final Logger LOG = LoggerFactory.getLogger(Changes.class);

  private final String workspace;
  private final Clock clock;
  private final List<Consumer<Change>> watchers = new CopyOnWriteArrayList<>();

  public Changes(String workspace, Clock clock) {
    this.workspace = workspace;
    this.clock = clock;
  }

  /**
   * Something changed.
   *
   * @param seq its place in the feed; 0 for what is only shown and not kept, such as typing
   * @param data the JSON of what it is about
   */
  public record Change(
      long seq, String type, String account, String conversationId, String data, Instant at) {}

  /** Adds a change; watchers hear of it once it is durable. */
  public void add(
      Transaction tx, String type, String account, String conversation, Map<String, ?> data)
      throws SQLException {
    String json = Json.write(data);
    Instant now = clock.instant();
    long seq =
        tx.number(
                "INSERT INTO change (workspace, type, account, conversation_id, data, at) VALUES (?, ?, ?, ?, ?, ?)"
                    + " RETURNING seq",
                workspace,
                type,
                account,
                conversation,
                json,
                now.toEpochMilli())
            .orElseThrow();
    tx.afterCommit(() -> tell(new Change(seq, type, account, conversation, json, now)));
  }

  /** Tells watchers of something that is not kept. */
  public void show(String type, String account, String conversation, Map<String, ?> data) {
    tell(new Change(0, type, account, conversation, Json.write(data), clock.instant()));
  }

  /** Changes after a place, oldest first. */
  public List<Change> after(Store store, long seq, int limit) {
    return store.read(
        tx ->
            tx.list(
                row ->
                    new Change(
                        row.number("seq"),
                        row.text("type"),
                        row.text("account"),
                        row.text("conversation_id"),
                        row.text("data"),
                        row.time("at")),
                "SELECT * FROM change WHERE workspace = ? AND seq > ? ORDER BY seq LIMIT ?",
                workspace,
                seq,
                limit));
  }

  /** Deletes changes that are older than a moment, oldest first; answers how many. */
  public int prune(Transaction tx, long before, int limit) throws SQLException {
    return tx.update(
        "DELETE FROM change WHERE seq IN (SELECT seq FROM change"
            + " WHERE seq <= ? AND workspace = ? ORDER BY seq LIMIT ?)",
        Aged.upTo(tx, "change", "at", before),
        workspace,
        limit);
  }

  /** The place of the newest change, 0 when there is none. */
  public long newest(Store store) {
    return store.read(
        tx ->
            tx.number("SELECT coalesce(max(seq), 0) FROM change WHERE workspace = ?", workspace)
                .orElse(0L));
  }

  /**
   * Calls the watcher for each change until the registration is closed; on the thread that
   * committed it, so it must not block.
   */
  public Registration watch(Consumer<Change> watcher) {
    watchers.add(watcher);
    return () -> watchers.remove(watcher);
  }

  /** Ends watching. */
  public interface Registration {
    void close();
  }

  private void tell(Change change) {
    for (Consumer<Change> watcher : watchers) {
      try {
        watcher.accept(change);
      } catch (RuntimeException e) {
        LOG.error("a watcher of changes failed", e);
      }
    }
  }
}
