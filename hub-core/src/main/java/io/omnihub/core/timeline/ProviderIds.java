package io.omnihub.core.timeline;

import io.omnihub.api.model.DeliveryStatus;
import io.omnihub.api.model.Failure;
import io.omnihub.core.store.Json;
import io.omnihub.core.store.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which message a provider's id means, for both directions and for good; how far each piece of a
 * message is; receipts that came before the id they speak of.
 */
public final class ProviderIds {
  private final String workspace;

  /**
   * Whether a receipt may be waiting, null until somebody has looked; the writer's thread's own.
   */
  private Boolean anyParked;

  public ProviderIds(String workspace) {
    this.workspace = workspace;
  }

  /** Remembers an id that the account cannot have had before, or that means the same message. */
  public void addLater(
      Transaction tx, String account, String providerId, String message, DeliveryStatus status) {
    tx.updateLater(
        "INSERT INTO provider_message (workspace, account, provider_id, message_id, status) VALUES (?, ?, ?, ?, ?)"
            + " ON CONFLICT DO NOTHING",
        workspace,
        account,
        providerId,
        message,
        word(status));
  }

  /** Remembers an id; false when the account has it already. */
  public boolean add(
      Transaction tx, String account, String providerId, String message, DeliveryStatus status)
      throws SQLException {
    return tx.update(
            "INSERT INTO provider_message (workspace, account, provider_id, message_id, status) VALUES (?, ?, ?, ?, ?)"
                + " ON CONFLICT DO NOTHING",
            workspace,
            account,
            providerId,
            message,
            word(status))
        > 0;
  }

  /** The hub's message that an id means. */
  public Optional<String> message(Transaction tx, String account, String providerId)
      throws SQLException {
    tx.flush();
    return tx.first(
        row -> row.text("message_id"),
        "SELECT message_id FROM provider_message WHERE workspace = ? AND account = ? AND provider_id = ?",
        workspace,
        account,
        providerId);
  }

  /** How far the piece with this id is. */
  public Optional<DeliveryStatus> status(Transaction tx, String account, String providerId)
      throws SQLException {
    tx.flush();
    return tx.first(
        ProviderIds::readStatus,
        "SELECT status FROM provider_message WHERE workspace = ? AND account = ? AND provider_id = ?",
        workspace,
        account,
        providerId);
  }

  public void setStatus(Transaction tx, String account, String providerId, DeliveryStatus status)
      throws SQLException {
    tx.update(
        "UPDATE provider_message SET status = ? WHERE workspace = ? AND account = ? AND provider_id = ?",
        word(status),
        workspace,
        account,
        providerId);
  }

  /** How far the pieces of a message are. */
  public List<DeliveryStatus> statuses(Transaction tx, String message) throws SQLException {
    tx.flush();
    return tx.list(
        ProviderIds::readStatus,
        "SELECT status FROM provider_message WHERE workspace = ? AND message_id = ?",
        workspace,
        message);
  }

  /** Keeps a receipt until the id that it speaks of is known. */
  public void park(
      Transaction tx,
      String account,
      String providerId,
      DeliveryStatus status,
      Failure failure,
      Instant at)
      throws SQLException {
    anyParked = true;
    tx.update(
        "INSERT INTO parked_receipt (workspace, account, provider_id, status, failure, at) VALUES (?, ?, ?, ?, ?, ?)",
        workspace,
        account,
        providerId,
        word(status),
        failure == null ? null : Json.write(failure),
        at.toEpochMilli());
  }

  /** A receipt that waited. */
  public record Parked(DeliveryStatus status, Failure failure) {}

  /** Takes the receipts that waited for an id, oldest first. */
  public List<Parked> unpark(Transaction tx, String account, String providerId)
      throws SQLException {
    if (!anyParked(tx)) {
      return List.of();
    }
    tx.flush();
    List<Parked> parked =
        tx.list(
            row -> {
              String failure = row.text("failure");
              return new Parked(
                  readStatus(row), failure.isEmpty() ? null : Json.read(failure, Failure.class));
            },
            "SELECT status, failure FROM parked_receipt WHERE workspace = ? AND account = ? AND provider_id = ? ORDER BY seq",
            workspace,
            account,
            providerId);
    if (!parked.isEmpty()) {
      tx.update(
          "DELETE FROM parked_receipt WHERE workspace = ? AND account = ? AND provider_id = ?",
          workspace,
          account,
          providerId);
    }
    return parked;
  }

  private boolean anyParked(Transaction tx) throws SQLException {
    if (anyParked == null) {
      anyParked = tx.number("SELECT seq FROM parked_receipt LIMIT 1").isPresent();
    }
    return anyParked;
  }

  /** Deletes receipts that nobody came for, older than a moment; answers how many. */
  public int pruneParked(Transaction tx, long before, int limit) throws SQLException {
    return tx.update(
        "DELETE FROM parked_receipt WHERE seq IN (SELECT seq FROM parked_receipt"
            + " WHERE workspace = ? AND at < ? ORDER BY at LIMIT ?)",
        workspace,
        before,
        limit);
  }

  private static DeliveryStatus readStatus(Transaction.Row row) throws SQLException {
    return DeliveryStatus.valueOf(row.text("status").toUpperCase(Locale.ROOT));
  }

  private static String word(DeliveryStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
