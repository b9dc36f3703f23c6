package io.omnihub.core.subscription;

import io.omnihub.api.config.Secret;
import io.omnihub.core.outbox.Outbox;
import io.omnihub.core.store.Ids;
import io.omnihub.core.store.Json;
import io.omnihub.core.store.Store;
import io.omnihub.core.store.Transaction;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who subscribes. All of them are held in memory, because each change asks; the table is changed
 * first. Safe for all threads.
 */
public final class Subscriptions {
  private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);
  private static final int CHUNK = 1000;

  private final String workspace;
  private final Store store;
  private final Outbox outbox;
  private final Ids ids;
  private final Clock clock;
  private volatile Map<String, Subscription> known;

  /** Reads the table. */
  public Subscriptions(String workspace, Store store, Outbox outbox, Ids ids, Clock clock) {
    this.workspace = workspace;
    this.store = store;
    this.outbox = outbox;
    this.ids = ids;
    this.clock = clock;
    Map<String, Subscription> found = new LinkedHashMap<>();
    store.read(this::all).forEach(subscription -> found.put(subscription.id(), subscription));
    known = found;
  }

  /** A subscription and its newest secret, which is shown this once. */
  public record Issued(Subscription subscription, Secret secret) {}

  /** All, oldest first. */
  public Collection<Subscription> all() {
    return Collections.unmodifiableCollection(known.values());
  }

  public Optional<Subscription> find(String id) {
    return Optional.ofNullable(known.get(id));
  }

  /** Adds one; it is told of each change that comes after the transaction. */
  public Issued create(Transaction tx, URI url, List<String> events, String account, String creator)
      throws SQLException {
    Secret secret = SigningSecrets.fresh();
    Subscription fresh =
        new Subscription(
            ids.next(),
            url,
            events,
            account,
            new SigningSecrets(secret, List.of()),
            creator,
            clock.instant());
    insert(tx, fresh);
    tx.publish(() -> change(all -> all.put(fresh.id(), fresh)));
    return new Issued(fresh, secret);
  }

  private synchronized void change(Consumer<Map<String, Subscription>> edit) {
    Map<String, Subscription> all = new LinkedHashMap<>(known);
    edit.accept(all);
    known = all;
  }

  /**
   * Makes a new secret; the one before it signs too, for as long as the overlap.
   *
   * @return empty when there is no such subscription
   */
  public Optional<Issued> rotate(Transaction tx, String id, Duration overlap) throws SQLException {
    Optional<Subscription> before =
        tx.first(
            Subscriptions::read,
            "SELECT * FROM subscription WHERE workspace = ? AND id = ?",
            workspace,
            id);
    if (before.isEmpty()) {
      return Optional.empty();
    }
    Secret secret = SigningSecrets.fresh();
    Instant now = clock.instant();
    Subscription after =
        before.get().with(before.get().secrets().rotated(secret, now, now.plus(overlap)));
    tx.update(
        "UPDATE subscription SET secrets = ? WHERE workspace = ? AND id = ?",
        after.secrets().toJson(),
        workspace,
        id);
    tx.publish(() -> change(all -> all.replace(id, after)));
    return Optional.of(new Issued(after, secret));
  }

  /**
   * Removes one with all that waits for it. No call to it begins after this has returned; one that
   * is under way may end.
   *
   * @return false when there is none
   */
  public boolean delete(String id) {
    if (!known.containsKey(id)) {
      return false;
    }
    store.write(
        tx -> {
          tx.publish(() -> change(all -> all.remove(id)));
          return tx.update(
              "DELETE FROM subscription WHERE workspace = ? AND id = ?", workspace, id);
        });
    int removed;
    do {
      removed = store.write(tx -> outbox.removeNotifies(tx, id, CHUNK));
    } while (removed == CHUNK);
    LOG.info("subscription {} is removed", id);
    return true;
  }

  private int insert(Transaction tx, Subscription fresh) throws SQLException {
    return tx.update(
        "INSERT INTO subscription (workspace, id, url, events, account, secrets, created_by, created_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        workspace,
        fresh.id(),
        fresh.url().toString(),
        Json.write(fresh.events()),
        fresh.account(),
        fresh.secrets().toJson(),
        fresh.createdBy(),
        fresh.createdAt().toEpochMilli());
  }

  private List<Subscription> all(Transaction tx) throws SQLException {
    return tx.list(
        Subscriptions::read,
        "SELECT * FROM subscription WHERE workspace = ? ORDER BY id",
        workspace);
  }

  private static Subscription read(Transaction.Row row) throws SQLException {
    return new Subscription(
        row.text("id"),
        URI.create(row.text("url")),
        Json.texts(row.text("events")),
        row.text("account"),
        SigningSecrets.fromJson(row.text("secrets")),
        row.text("created_by"),
        row.time("created_at"));
  }
}
