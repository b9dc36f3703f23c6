package io.omnihub.core.timeline;

import io.omnihub.core.store.Recent;
import io.omnihub.core.store.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * The ways by which a conversation reaches the customer: identity and account, with the address
 * that was used last.
 */
public final class Legs {
  private static final int REMEMBERED = 20_000;

  private final String workspace;
  private final Recent<String, Leg> last = new Recent<>(REMEMBERED);

  public Legs(String workspace) {
    this.workspace = workspace;
  }

  /** One way to the customer. */
  public record Leg(String identityId, String account, String address, String thread) {}

  /** The customer wrote on this leg. */
  public void used(Transaction tx, String conversation, Leg leg, Instant at, long position) {
    if (position > 0) {
      last.put(tx, conversation, leg);
    } else {
      last.forget(conversation);
    }
    tx.updateLater(
        "INSERT INTO leg (workspace, conversation_id, identity_id, account, address, thread, last_inbound_at, last_position)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (workspace, conversation_id, identity_id, account)"
            + " DO UPDATE SET address = excluded.address, thread = excluded.thread,"
            + " last_inbound_at = excluded.last_inbound_at, last_position = excluded.last_position",
        workspace,
        conversation,
        leg.identityId(),
        leg.account(),
        leg.address(),
        leg.thread(),
        at.toEpochMilli(),
        position);
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
