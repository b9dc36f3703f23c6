package io.omnihub.core.timeline;

import io.omnihub.core.store.Recent;
import io.omnihub.core.store.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The ways by which a conversation reaches the customer: identity and account, with the address
 * that was used last.
 */
public final class Legs {
  private static final int REMEMBERED = 20_000;

  private final String workspace;
  private final Recent<String, Leg> last = new Recent<>(REMEMBERED);

  /** Legs that the current batch has used and not written yet; the writer's thread's own. */
  private final Map<Key, Use> used = new LinkedHashMap<>();

  public Legs(String workspace) {
    this.workspace = workspace;
  }

  /** One way to the customer. */
  public record Leg(String identityId, String account, String address, String thread) {}

  /**
   * The customer wrote on this leg; the last position counts, and 0 is of one not written on yet.
   */
  public void used(Transaction tx, String conversation, Leg leg, Instant at, long position) {
    if (position > 0) {
      last.put(tx, conversation, leg);
    } else {
      last.forget(conversation);
    }
    Key key = new Key(conversation, leg.identityId(), leg.account());
    used.put(key, new Use(leg, at.toEpochMilli(), position));
    tx.onRollback(this, used::clear);
    tx.beforeCommit(this, () -> write(tx));
  }

  /** What distinguishes legs. */
  private record Key(String conversation, String identity, String account) {}

  private record Use(Leg leg, long at, long position) {}

  /** Once for each leg: one statement may not change a row twice. */
  private void write(Transaction tx) {
    used.forEach(
        (key, use) ->
            tx.updateLater(
                "INSERT INTO leg (workspace, conversation_id, identity_id, account, address, thread, last_inbound_at, last_position)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (workspace, conversation_id, identity_id, account)"
                    + " DO UPDATE SET address = excluded.address, thread = excluded.thread,"
                    + " last_inbound_at = excluded.last_inbound_at, last_position = excluded.last_position",
                workspace,
                key.conversation(),
                key.identity(),
                key.account(),
                use.leg().address(),
                use.leg().thread(),
                use.at(),
                use.position()));
    used.clear();
  }

  /** The leg on which the customer wrote last; on the account, if one is named. */
  public Optional<Leg> last(Transaction tx, String conversation, String account)
      throws SQLException {
    Optional<Leg> known = last.get(tx, conversation);
    if (known.isPresent() && (account.isEmpty() || known.get().account().equals(account))) {
      return known;
    }
    tx.flush();
    return tx.first(
        row ->
            new Leg(
                row.text("identity_id"),
                row.text("account"),
                row.text("address"),
                row.text("thread")),
        "SELECT * FROM leg WHERE workspace = ? AND conversation_id = ? AND (? = '' OR account = ?)"
            + " ORDER BY last_position DESC LIMIT 1",
        workspace,
        conversation,
        account,
        account);
  }
}
