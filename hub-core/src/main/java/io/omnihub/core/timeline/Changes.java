package io.omnihub.core.timeline;

import io.omnihub.api.json.HubJson;
import io.omnihub.core.store.Json;
import io.omnihub.core.store.Store;
import io.omnihub.core.store.Transaction;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The feed of everything that changes, in order, for whoever watches. Safe for all threads. */
public final class Changes {
  private static final Logger LOG = LoggerFactory.getLogger(Changes.class);

  private static final Duration CLOCK_CORRECTION = Duration.ofMinutes(5);

  private final String workspace;
  private final Clock clock;
  private final Listener listener;
  private final List<Consumer<Change>> watchers = new CopyOnWriteArrayList<>();

  /** A feed whose changes the listener may act on in their own transaction. */
  public Changes(String workspace, Clock clock, Listener listener) {
    this.workspace = workspace;
    this.clock = clock;
    this.listener = listener;
  }

  /** Does what a change asks for in the transaction that adds it, on the writer's thread. */
  public interface Listener {
    void added(Transaction tx, Change change) throws SQLException;
  }

  /**
   * Something changed.
   *
   * @param seq its place in the feed; 0 for what is only shown and not kept, such as typing
   * @param data the JSON of what it is about
   */
  public record Change(
      long seq, String type, String account, String conversationId, String data, Instant at) {

    /** Whether it is about a note, which is for the hub's side only. */
    public boolean isNote() {
      return type.startsWith("message.")
          && Json.map(data).get("message") instanceof Map<?, ?> message
          && "note".equals(message.get("direction"));
    }

    /** The JSON in which the outside gets it, by stream or by webhook. */
    public String envelope() {
      return "{\"id\":\""
          + seq
          + "\",\"type\":\""
          + type
          + "\",\"at\":\""
          + HubJson.time(at)
          + "\",\"data\":"
          + data
          + "}";
    }
  }

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
    Change change = new Change(seq, type, account, conversation, json, now);
    listener.added(tx, change);
    tx.afterCommit(() -> tell(change));
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
                Changes::read,
                "SELECT * FROM change WHERE workspace = ? AND seq > ? ORDER BY seq LIMIT ?",
                workspace,
                seq,
                limit));
  }

  /** The change at a place; empty when it is not kept. */
  public Optional<Change> find(Transaction tx, long seq) throws SQLException {
    return tx.first(
        Changes::read, "SELECT * FROM change WHERE workspace = ? AND seq = ?", workspace, seq);
  }

  /**
   * A place that no change since a time stands before; some older ones may stand behind it. Looks
   * for it by halves, as places and times grow together but for corrections of the clock, for which
   * five minutes are added.
   */
  public long placeBefore(Store store, Instant time) {
    long limit = time.minus(CLOCK_CORRECTION).toEpochMilli();
    return store.read(
        tx -> {
          long low = edge(tx, "min") - 1;
          long high = edge(tx, "max");
          while (low < high) {
            long middle = low + (high - low + 1) / 2;
            Optional<Change> next =
                tx.first(
                    Changes::place,
                    "SELECT seq, at FROM change WHERE workspace = ? AND seq >= ? ORDER BY seq LIMIT 1",
                    workspace,
                    middle);
            if (next.isPresent() && next.get().at().toEpochMilli() < limit) {
              low = next.get().seq();
            } else {
              high = middle - 1;
            }
          }
          return low;
        });
  }

  private long edge(Transaction tx, String function) throws SQLException {
    return tx.number(
            "SELECT coalesce(" + function + "(seq), 0) FROM change WHERE workspace = ?", workspace)
        .orElse(0L);
  }

  private static Change place(Transaction.Row row) throws SQLException {
    return new Change(row.number("seq"), "", "", "", "", row.time("at"));
  }

  private static Change read(Transaction.Row row) throws SQLException {
    return new Change(
        row.number("seq"),
        row.text("type"),
        row.text("account"),
        row.text("conversation_id"),
        row.text("data"),
        row.time("at"));
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
