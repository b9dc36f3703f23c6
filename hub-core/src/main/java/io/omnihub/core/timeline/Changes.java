package io.omnihub.core.timeline;

import io.omnihub.core.store.Json;
import io.omnihub.core.store.Store;
import io.omnihub.core.store.Transaction;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The feed of everything that changes, in order, for whoever watches. Safe for all threads. */
public final class Changes {
  private static final Logger LOG = LoggerFactory.getLogger(Changes.class);
  private static final String INSERT =
      "INSERT INTO change (workspace, type, account, conversation_id, data, subject, at) VALUES (?, ?, ?, ?, ?, ?, ?)";

  private final String workspace;
  private final Clock clock;
  private final Views views;
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

  Changes(String workspace, Clock clock, Views views) {
    this.workspace = workspace;
    this.clock = clock;
    this.views = views;
  }

  /**
   * Something changed.
   *
   * @param seq its place in the feed; 0 for what is only shown and not kept, such as typing
   * @param data the JSON of what it is about
   */
  public record Change(
      long seq, String type, String account, String conversationId, String data, Instant at) {}

  /** Hears of changes, on the thread that committed them, so it must not block. */
  public interface Watcher {
    /** There are new ones to be read. */
    void more();

    /** Something to be shown that is not kept. */
    void shown(Change change);
  }

  /** Adds a change; watchers hear of it once it is durable. */
  public void add(
      Transaction tx, String type, String account, String conversation, Map<String, ?> data) {
    insert(tx, type, account, conversation, Json.write(data), null);
  }

  /**
   * Adds a change that keeps only what it is about: the message, contact or conversation that its
   * type names is read when somebody asks for the change.
   */
  public void add(
      Transaction tx, String type, String account, String conversation, String subject) {
    insert(tx, type, account, conversation, "", subject);
  }

  private void insert(
      Transaction tx,
      String type,
      String account,
      String conversation,
      String data,
      String subject) {
    tx.updateLater(INSERT, workspace, type, account, conversation, data, subject, clock.millis());
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
