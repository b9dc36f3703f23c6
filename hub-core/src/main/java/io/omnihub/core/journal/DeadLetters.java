package io.omnihub.core.journal;

import io.omnihub.core.store.Ids;
import io.omnihub.core.store.Store;
import io.omnihub.core.store.Transaction;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Work that could not be done, with the reason and a way to do it again. */
public final class DeadLetters {
  private final String workspace;
  private final Store store;
  private final Ids ids;
  private final Clock clock;
  private final Listener listener;

  /** The table; the listener hears of each that is added. */
  public DeadLetters(String workspace, Store store, Ids ids, Clock clock, Listener listener) {
    this.workspace = workspace;
    this.store = store;
    this.ids = ids;
    this.clock = clock;
    this.listener = listener;
  }

  /** Does what a dead letter asks for in the transaction that adds it. */
  public interface Listener {
    void added(Transaction tx, DeadLetter letter) throws SQLException;
  }

  /** What could not be done. */
  public enum Kind {
    /** A fact that could not be applied. */
    FACT,
    /** Something that a connector could not read. */
    UNREADABLE,
    /** A message that could not be sent. */
    SEND,
    /** A turn that no backend took. */
    TURN,
    /** An event of which a subscriber could not be told. */
    NOTIFY
  }

  /**
   * A dead letter.
   *
   * @param subject the message or conversation that it is about, of a notification the subscription
   *     and the change, parted by a slash; empty when none
   * @param factSeq the journal's fact, 0 when none
   * @param rawSeq the raw payload, 0 when none
   */
  public record DeadLetter(
      String id,
      Kind kind,
      String account,
      String subject,
      long factSeq,
      long rawSeq,
      String reason,
      Instant at,
      State state) {

    /** As the outside sees it. */
    public Map<String, Object> view() {
      Map<String, Object> view = new LinkedHashMap<>();
      view.put("id", id);
      view.put("kind", word(kind));
      view.put("account", account);
      view.put("subject", subject.isEmpty() ? null : subject);
      view.put("reason", reason);
      view.put("hasRaw", rawSeq > 0);
      view.put("at", at);
      return view;
    }
  }

  /** What has become of a dead letter. */
  public enum State {
    OPEN,
    RETRIED,
    DISCARDED
  }

  /** What a provider sent, as it came. */
  public record Raw(String mediaType, byte[] content) {}

  /** Sets a fact aside. */
  public void add(Transaction tx, Kind kind, Fact fact, String reason) throws SQLException {
    add(tx, kind, fact.account(), "", fact.seq(), fact.rawSeq(), reason);
  }

  /** Sets a send, a turn or a notification aside. */
  public void add(Transaction tx, Kind kind, String account, String subject, String reason)
      throws SQLException {
    add(tx, kind, account, subject, 0, 0, reason);
  }

  private void add(
      Transaction tx,
      Kind kind,
      String account,
      String subject,
      long factSeq,
      long rawSeq,
      String reason)
      throws SQLException {
    DeadLetter letter =
        new DeadLetter(
            ids.next(),
            kind,
            account,
            subject,
            factSeq,
            rawSeq,
            reason,
            clock.instant(),
            State.OPEN);
    tx.update(
        "INSERT INTO dead_letter (workspace, id, kind, account, subject, journal_seq, raw_seq, reason, created_at, state)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'open')",
        workspace,
        letter.id(),
        word(kind),
        account,
        subject,
        factSeq,
        rawSeq,
        reason,
        letter.at().toEpochMilli());
    listener.added(tx, letter);
  }

  /** Open ones, newest first, older than the cursor if one is given. */
  public List<DeadLetter> list(String before, int limit) {
    return store.read(
        tx ->
            tx.list(
                DeadLetters::read,
                "SELECT * FROM dead_letter WHERE workspace = ? AND state = 'open' AND (? = '' OR id < ?)"
                    + " ORDER BY id DESC LIMIT ?",
                workspace,
                before,
                before,
                limit));
  }

  /** One of them, whatever has become of it. */
  public Optional<DeadLetter> find(String id) {
    return store.read(
        tx ->
            tx.first(
                DeadLetters::read,
                "SELECT * FROM dead_letter WHERE workspace = ? AND id = ?",
                workspace,
                id));
  }

  /** How many are open. */
  public long count() {
    return store.read(
        tx ->
            tx.number(
                    "SELECT count(*) FROM dead_letter WHERE workspace = ? AND state = 'open'",
                    workspace)
                .orElse(0L));
  }

  /** How many of a kind are open. */
  public long count(Kind kind) {
    return store.read(
        tx ->
            tx.number(
                    "SELECT count(*) FROM dead_letter WHERE workspace = ? AND state = 'open' AND kind = ?",
                    workspace,
                    word(kind))
                .orElse(0L));
  }

  /** The raw payload of a dead letter; empty when it had none or it is no longer kept. */
  public Optional<Raw> raw(DeadLetter letter) {
    return store.read(
        tx ->
            tx.first(
                row -> new Raw(row.text("media_type"), row.bytes("content")),
                "SELECT media_type, content FROM raw_payload WHERE workspace = ? AND seq = ?",
                workspace,
                letter.rawSeq()));
  }

  /** Takes it from the list: it was tried again or given up. False when it is no longer open. */
  public boolean end(Transaction tx, String id, boolean retried) throws SQLException {
    return tx.update(
            "UPDATE dead_letter SET state = ? WHERE workspace = ? AND id = ? AND state = 'open'",
            retried ? "retried" : "discarded",
            workspace,
            id)
        > 0;
  }

  /** Deletes those that ended and are older than a moment; answers how many. */
  public int prune(Transaction tx, long before, int limit) throws SQLException {
    return tx.update(
        "DELETE FROM dead_letter WHERE workspace = ? AND id IN (SELECT id FROM dead_letter"
            + " WHERE workspace = ? AND state <> 'open' AND created_at < ? ORDER BY created_at LIMIT ?)",
        workspace,
        workspace,
        before,
        limit);
  }

  /** A kind as the table and the outside write it. */
  public static String word(Enum<?> kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static DeadLetter read(Transaction.Row row) throws SQLException {
    return new DeadLetter(
        row.text("id"),
        Kind.valueOf(row.text("kind").toUpperCase(Locale.ROOT)),
        row.text("account"),
        row.text("subject"),
        row.number("journal_seq"),
        row.number("raw_seq"),
        row.text("reason"),
        row.time("created_at"),
        State.valueOf(row.text("state").toUpperCase(Locale.ROOT)));
  }
}
