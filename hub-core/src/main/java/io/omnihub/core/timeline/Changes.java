package io.omnihub.core.timeline;

import io.omnihub.api.json.HubJson;
import io.omnihub.core.store.Aged;
import io.omnihub.core.store.Json;
import io.omnihub.core.store.Store;
import io.omnihub.core.store.Transaction;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The feed of everything that changes, in order, for whoever watches. Safe for all threads. */
public final class Changes {
  private static final Logger LOG = LoggerFactory.getLogger(Changes.class);
  private static final String INSERT =
      "INSERT INTO change (workspace, type, account, conversation_id, data, subject, at) VALUES (?, ?, ?, ?, ?, ?, ?)";

  private static final Duration CLOCK_CORRECTION = Duration.ofMinutes(5);

  private final String workspace;
  private final Clock clock;
  private final Views views;
  private final Listener listener;
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

  Changes(String workspace, Clock clock, Views views, Listener listener) {
    this.workspace = workspace;
    this.clock = clock;
    this.views = views;
    this.listener = listener;
  }

  /** Does what a change asks for in the transaction that adds it, on the writer's thread. */
  public interface Listener {

    /** Nobody who has anything to do with changes. */
    Listener NONE =
        new Listener() {
          @Override
          public boolean listens() {
            return false;
          }

          @Override
          public void added(Transaction tx, Change change) {}
        };

    /** Whether changes are to be told at all. */
    boolean listens();

    /** A change was added; its data are not read yet. */
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

  /** Hears of changes, on the thread that committed them, so it must not block. */
  public interface Watcher {
    /** There are new ones to be read. */
    void more();

    /** Something to be shown that is not kept. */
    void shown(Change change);
  }

  /** Adds a change; watchers hear of it once it is durable. */
  public void add(
      Transaction tx, String type, String account, String conversation, Map<String, ?> data)
      throws SQLException {
    insert(tx, type, account, conversation, Json.write(data), null);
  }

  /**
   * Adds a change that keeps only what it is about: the message, contact or conversation that its
   * type names is read when somebody asks for the change.
   */
  public void add(Transaction tx, String type, String account, String conversation, String subject)
      throws SQLException {
    insert(tx, type, account, conversation, "", subject);
  }

  private void insert(
      Transaction tx, String type, String account, String conversation, String data, String subject)
      throws SQLException {
    Instant now = clock.instant();
    Object[] row = {workspace, type, account, conversation, data, subject, now.toEpochMilli()};
    if (listener.listens()) {
      long seq = tx.number(INSERT + " RETURNING seq", row).orElseThrow();
      listener.added(tx, new Change(seq, type, account, conversation, data, now));
    } else {
      tx.updateLater(INSERT, row);
    }
    if (tx.mark("change")) {
      tx.afterCommit(() -> watchers.forEach(watcher -> tell(watcher::more)));
    }
  }

  /** Tells watchers of something that is not kept. */
  public void show(String type, String account, String conversation, Map<String, ?> data) {
    if (!watchers.isEmpty()) {
      Change change = new Change(0, type, account, conversation, Json.write(data), clock.instant());
      watchers.forEach(watcher -> tell(() -> watcher.shown(change)));
    }
  }

  /** Changes after a place, oldest first. */
  public List<Change> after(Store store, long seq, int limit) {
    return store.read(
        tx -> {
          List<Kept> kept =
              tx.list(
                  Changes::read,
                  "SELECT * FROM change WHERE workspace = ? AND seq > ? ORDER BY seq LIMIT ?",
                  workspace,
                  seq,
                  limit);
          List<Change> changes = new ArrayList<>();
          for (Kept one : kept) {
            changes.add(whole(tx, one));
          }
          return changes;
        });
  }

  private record Kept(Change change, String subject) {}

  private static Kept read(Transaction.Row row) throws SQLException {
    return new Kept(
        new Change(
            row.number("seq"),
            row.text("type"),
            row.text("account"),
            row.text("conversation_id"),
            row.text("data"),
            row.time("at")),
        row.text("subject"));
  }

  private Change whole(Transaction tx, Kept kept) throws SQLException {
    Change change = kept.change();
    return kept.subject().isEmpty()
        ? change
        : new Change(
            change.seq(),
            change.type(),
            change.account(),
            change.conversationId(),
            Json.write(views.subject(tx, change.type(), kept.subject())),
            change.at());
  }

  /** The change at a place; empty when it is not kept. */
  public Optional<Change> find(Transaction tx, long seq) throws SQLException {
    Optional<Kept> kept =
        tx.first(
            Changes::read, "SELECT * FROM change WHERE workspace = ? AND seq = ?", workspace, seq);
    return kept.isEmpty() ? Optional.empty() : Optional.of(whole(tx, kept.get()));
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

  /** Calls the watcher for each change until the registration is closed. */
  public Registration watch(Watcher watcher) {
    watchers.add(watcher);
    return () -> watchers.remove(watcher);
  }

  /** Ends watching. */
  public interface Registration {
    void close();
  }

  private static void tell(Runnable news) {
    try {
      news.run();
    } catch (RuntimeException e) {
      LOG.error("a watcher of changes failed", e);
    }
  }
}
