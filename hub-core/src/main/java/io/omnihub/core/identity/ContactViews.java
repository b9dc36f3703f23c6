package io.omnihub.core.identity;

import io.omnihub.api.model.Contact;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.ProofLevel;
import io.omnihub.api.model.Sender;
import io.omnihub.core.store.Json;
import io.omnihub.core.store.Like;
import io.omnihub.core.store.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Contacts as the outside sees and finds them. Reads only. */
final class ContactViews {
  private final String workspace;

  ContactViews(String workspace) {
    this.workspace = workspace;
  }

  /** The contact as the outside sees it. */
  Optional<Contact> contact(Transaction tx, String id) throws SQLException {
    Optional<Contact> bare =
        tx.first(
            row ->
                new Contact(
                    row.text("id"),
                    row.text("name"),
                    row.nullableText("language"),
                    List.of(),
                    Json.map(row.text("attributes")),
                    List.of()),
            "SELECT * FROM contact WHERE workspace = ? AND id = ?",
            workspace,
            id);
    if (bare.isEmpty()) {
      return bare;
    }
    List<Contact.KnownIdentity> identities =
        new ArrayList<>(
            tx.list(
                row -> known(row, row.text("source"), "created_at"),
                "SELECT * FROM identity WHERE workspace = ? AND contact_id = ? ORDER BY created_at, id",
                workspace,
                id));
    identities.addAll(
        tx.list(
            row -> known(row, "claim", "at"),
            "SELECT * FROM claim c WHERE workspace = ? AND contact_id = ? AND NOT EXISTS (SELECT 1 FROM identity i"
                + " WHERE i.workspace = c.workspace AND i.contact_id = c.contact_id AND i.scheme = c.scheme"
                + " AND i.scope = c.scope AND i.value = c.value) ORDER BY at, scheme, value",
            workspace,
            id));
    Contact contact = bare.get();
    return Optional.of(
        new Contact(
            contact.id(),
            contact.name(),
            contact.language(),
            identities,
            contact.attributes(),
            contact.mergedFrom()));
  }

  private static Contact.KnownIdentity known(Transaction.Row row, String source, String at)
      throws SQLException {
    String scope = row.text("scope");
    return new Contact.KnownIdentity(
        row.text("scheme"),
        scope.isEmpty() ? row.text("value") : scope + "/" + row.text("value"),
        ProofLevel.valueOf(row.text("proof").toUpperCase(Locale.ROOT)),
        row.text("account"),
        source,
        row.time(at));
  }

  /** Ids of contacts that have or claim an identity, those that have it first. */
  List<String> having(Transaction tx, Identity identity) throws SQLException {
    Object[] key = {workspace, identity.scheme(), identity.scope(), identity.value()};
    List<String> found =
        new ArrayList<>(
            tx.list(
                row -> row.text("contact_id"),
                "SELECT contact_id FROM identity WHERE workspace = ? AND scheme = ? AND scope = ? AND value = ?",
                key));
    tx
        .list(
            row -> row.text("contact_id"),
            "SELECT contact_id FROM claim WHERE workspace = ? AND scheme = ? AND scope = ? AND value = ? LIMIT 50",
            key)
        .stream()
        .filter(id -> !found.contains(id))
        .forEach(found::add);
    return found;
  }

  /** Ids of contacts, newest first, whose name holds the words. */
  List<String> search(Transaction tx, String words, String before, int limit) throws SQLException {
    return tx.list(
        row -> row.text("id"),
        "SELECT id FROM contact WHERE workspace = ? AND (? = '' OR name_folded LIKE ? ESCAPE '!') AND (? = '' OR id < ?)"
            + " ORDER BY id DESC LIMIT ?",
        workspace,
        words,
        Like.holding(words),
        before,
        before,
        limit);
  }

  /** A contact of which nothing is known but the sender that it was made for. */
  static Contact fresh(String id, String account, Sender sender, Instant now) {
    Identity identity = sender.identity();
    Contact.KnownIdentity only =
        new Contact.KnownIdentity(
            identity.scheme(),
            identity.scope().isEmpty()
                ? identity.value()
                : identity.scope() + "/" + identity.value(),
            ProofLevel.ASSERTED,
            account,
            "sender",
            now.truncatedTo(ChronoUnit.MILLIS));
    return new Contact(id, sender.name(), sender.language(), List.of(only), Map.of(), List.of());
  }
}
