package io.omnihub.core.http.api;

import io.omnihub.core.http.api.Resource.Answerer;
import io.omnihub.core.store.Json;
import io.omnihub.core.store.Store;
import io.omnihub.core.store.Transaction;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Requests that carry an {@code Idempotency-Key} happen once. The answer is stored in the
 * transaction of the effect, so after a crash a key is either done, with its answer, or was never
 * used. Refusals are not stored: nothing has happened, and the key may be used again. Safe for all
 * threads.
 */
public final class Idempotency {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final String workspace;
  private final Store store;
  private final Clock clock;
  private final Set<Flight> inFlight = ConcurrentHashMap.newKeySet();

  public Idempotency(String workspace, Store store, Clock clock) {
    this.workspace = workspace;
    this.store = store;
    this.clock = clock;
  }

  private record Flight(String principal, String key) {}

  private record Kept(String digest, int status, String answer) {}

  /**
   * Answers a call, or repeats the answer that its key had before.
   *
   * @throws Problem 409 while another call has the key, 422 when another request had it
   */
  public Reply answer(Call call, Answerer answerer) {
    if (!call.key().given()) {
      return answerer.answer(call);
    }
    Flight flight = new Flight(principal(call), call.key().text());
    if (!inFlight.add(flight)) {
      throw inFlight();
    }
    try {
      Optional<Kept> kept = find(call);
      return kept.isPresent() ? again(call, kept.get()) : answerer.answer(call);
    } finally {
      inFlight.remove(flight);
    }
  }

  private static Problem inFlight() {
    return Problem.later(
        409, "idempotency-in-flight", "a request with this Idempotency-Key is under way", SOON);
  }

  /** A key is the caller's own: two callers may choose the same one. */
  private static String principal(Call call) {
    return call.principal().role() + ":" + call.principal().name();
  }

  private Optional<Kept> find(Call call) {
    return store.read(
        tx ->
            tx.first(
                row -> new Kept(row.text("digest"), (int) row.number("status"), row.text("answer")),
                "SELECT digest, status, answer FROM idempotency"
                    + " WHERE workspace = ? AND principal = ? AND request_key = ?",
                workspace,
                principal(call),
                call.key().text()));
  }

  private static Reply again(Call call, Kept kept) {
    if (!kept.digest().equals(call.key().digest())) {
      throw Problem.of(
          422, "idempotency-key-reused", "this Idempotency-Key belongs to another request");
    }
    return new Reply.Replayed(kept.status(), kept.answer());
  }

  /**
   * Stores what a call is answered, in the transaction that did its work.
   *
   * @throws Problem 409 when another node was quicker; the work is rolled back then
   */
  Reply keep(Transaction tx, Call call, Reply reply) throws SQLException {
    if (call.key().given()) {
      switch (reply) {
        case Reply.Json json -> keep(tx, call, json.status(), Json.write(json.body()));
        case Reply.Empty empty -> keep(tx, call, empty.status(), "");
        case Reply.Refused refused -> {}
        case Reply.File file -> throw new IllegalStateException("a file is read, not made");
        case Reply.Bytes bytes -> throw new IllegalStateException("bytes are read, not made");
        case Reply.Replayed again -> throw new IllegalStateException("is stored already");
      }
    }
    return reply;
  }

  /** Deletes answers that are older than a moment; answers how many. */
  public int prune(Transaction tx, long before, int limit) throws SQLException {
    return tx.update(
        "DELETE FROM idempotency WHERE workspace = ? AND (principal, request_key) IN"
            + " (SELECT principal, request_key FROM idempotency"
            + " WHERE workspace = ? AND created_at < ? ORDER BY created_at LIMIT ?)",
        workspace,
        workspace,
        before,
        limit);
  }

  private void keep(Transaction tx, Call call, int status, String answer) throws SQLException {
    int added =
        tx.update(
            "INSERT INTO idempotency (workspace, principal, request_key, digest, status, answer, created_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            workspace,
            principal(call),
            call.key().text(),
            call.key().digest(),
            status,
            answer,
            clock.millis());
    if (added == 0) {
      throw inFlight();
    }
  }
}
