package io.omnihub.core.identity;

import io.omnihub.api.model.Claim;
import io.omnihub.api.model.Contact;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.ProofLevel;
import io.omnihub.api.model.Sender;
import io.omnihub.core.store.Ids;
import io.omnihub.core.store.Json;
import io.omnihub.core.store.Like;
import io.omnihub.core.store.Recent;
import io.omnihub.core.store.Shared;
import io.omnihub.core.store.Transaction;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Identities and the people they belong to. */
public final class Contacts {
  private static final int REMEMBERED = 10_000;

  private final String workspace;
  private final Ids ids;
  private final Clock clock;
  private final ContactViews views;
  private final Recent<Identity, Person> people = new Recent<>(REMEMBERED);
  private final Shared<String, Contact> shared = new Shared<>(REMEMBERED);
  private final Shared<String, IdentityRow> sharedIdentities = new Shared<>(REMEMBERED);

  public Contacts(String workspace, Ids ids, Clock clock) {
    this.workspace = workspace;
    views = new ContactViews(workspace);
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * A sender, found or made.
   *
   * @param created whether the contact is new
   */
  public record Known(String identityId, String contactId, boolean created) {}

  /** One identity. */
  public record IdentityRow(String id, Identity identity, String contactId, boolean reachable) {}

  /**
   * Finds who wrote, or makes a new contact. A new identity joins the contact of another one only
   * when the sender has that one with a proof of at least {@link ProofLevel#ASSERTED}, and all such
   * proofs lead to the same contact.
   */
  public Known resolve(Transaction tx, String account, String region, Sender sender)
      throws SQLException {
    List<Claim> claims = Normalizer.claims(sender.claims(), region);
    Optional<Person> present = person(tx, sender.identity());
    if (present.isPresent()) {
      IdentityRow row = present.get().row();
      nameIfNameless(tx, present.get(), sender);
      learn(tx, account, row.contactId(), sender, claims);
      return new Known(row.id(), row.contactId(), false);
    }
    Optional<String> proven = contactOf(tx, claims);
    String contact = proven.isPresent() ? proven.get() : createContact(tx, sender);
    String method = proven.isPresent() ? "proof" : "first-seen";
    String identity =
        insertIdentity(
            tx,
            account,
            sender.identity(),
            contact,
            ProofLevel.ASSERTED,
            "sender",
            method,
            claims.toString());
    if (proven.isEmpty()) {
      IdentityRow row = new IdentityRow(identity, sender.identity(), contact, true);
      people.put(
          tx,
          sender.identity(),
          new Person(row, !sender.name().isEmpty(), !sender.language().isEmpty()));
      shared.put(tx, contact, ContactViews.fresh(contact, account, sender, clock.instant()));
      sharedIdentities.put(tx, identity, row);
    } else {
      person(tx, sender.identity()).ifPresent(person -> nameIfNameless(tx, person, sender));
    }
    learn(tx, account, contact, sender, claims);
    return new Known(identity, contact, proven.isEmpty());
  }

  /** An identity, and whether its contact has a name and a language yet. */
  private record Person(IdentityRow row, boolean named, boolean speaks) {}

  private Optional<Person> person(Transaction tx, Identity identity) throws SQLException {
    Optional<Person> known = people.get(tx, identity);
    if (known.isPresent()) {
      return known;
    }
    if (!tx.mark("identity " + identity)) {
      tx.flush();
    }
    Optional<Person> found =
        tx.first(
            row -> new Person(readIdentity(row), row.flag("named"), row.flag("speaks")),
            "SELECT i.*, CASE WHEN c.name = '' THEN 0 ELSE 1 END AS named,"
                + " CASE WHEN c.language = '' THEN 0 ELSE 1 END AS speaks FROM identity i"
                + " JOIN contact c ON c.workspace = i.workspace AND c.id = i.contact_id"
                + " WHERE i.workspace = ? AND i.scheme = ? AND i.scope = ? AND i.value = ?",
            workspace,
            identity.scheme(),
            identity.scope(),
            identity.value());
    found.ifPresent(person -> people.put(tx, identity, person));
    return found;
  }

  /**
   * The one contact that all sufficiently proven claims lead to; empty when there is none or they
   * disagree.
   */
  private Optional<String> contactOf(Transaction tx, List<Claim> claims) throws SQLException {
    List<String> contacts = new ArrayList<>();
    for (Claim claim : claims) {
      if (claim.proof().compareTo(ProofLevel.ASSERTED) >= 0) {
        find(tx, claim.identity())
            .map(IdentityRow::contactId)
            .filter(c -> !contacts.contains(c))
            .ifPresent(contacts::add);
      }
    }
    return contacts.size() == 1 ? Optional.of(contacts.getFirst()) : Optional.empty();
  }

  private void nameIfNameless(Transaction tx, Person person, Sender sender) {
    boolean name = !person.named() && !sender.name().isEmpty();
    boolean language = !person.speaks() && !sender.language().isEmpty();
    if (!name && !language) {
      return;
    }
    people.forget(sender.identity());
    shared.forget(tx, person.row().contactId());
    tx.updateLater(
        "UPDATE contact SET name = CASE WHEN name = '' THEN ? ELSE name END,"
            + " name_folded = CASE WHEN name = '' THEN ? ELSE name_folded END,"
            + " language = CASE WHEN language = '' THEN ? ELSE language END WHERE workspace = ? AND id = ?",
        sender.name(),
        Like.fold(sender.name()),
        sender.language(),
        workspace,
        person.row().contactId());
  }

  private void learn(
      Transaction tx, String account, String contact, Sender sender, List<Claim> claims)
      throws SQLException {
    for (Claim claim : claims) {
      boolean proven = claim.proof().compareTo(ProofLevel.ASSERTED) >= 0;
      if (proven && find(tx, claim.identity()).isEmpty()) {
        insertIdentity(
            tx,
            account,
            claim.identity(),
            contact,
            claim.proof(),
            "claim",
            "claim",
            sender.identity().toString());
      } else if (!proven) {
        keepClaim(tx, account, contact, claim);
      }
    }
  }

  private void keepClaim(Transaction tx, String account, String contact, Claim claim) {
    Identity identity = claim.identity();
    shared.forget(tx, contact);
    tx.updateLater(
        "INSERT INTO claim (workspace, contact_id, scheme, scope, value, proof, account, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT DO NOTHING",
        workspace,
        contact,
        identity.scheme(),
        identity.scope(),
        identity.value(),
        word(claim.proof()),
        account,
        clock.millis());
  }

  private String createContact(Transaction tx, Sender sender) {
    String id = ids.next();
    tx.updateLater(
        "INSERT INTO contact (workspace, id, name, name_folded, language, attributes, created_at)"
            + " VALUES (?, ?, ?, ?, ?, '{}', ?)",
        workspace,
        id,
        sender.name(),
        Like.fold(sender.name()),
        sender.language(),
        clock.millis());
    return id;
  }

  private String insertIdentity(
      Transaction tx,
      String account,
      Identity identity,
      String contact,
      ProofLevel proof,
      String source,
      String method,
      String evidence) {
    String id = ids.next();
    long now = clock.millis();
    tx.mark("identity " + identity);
    shared.forget(tx, contact);
    tx.updateLater(
        "INSERT INTO identity (workspace, id, scheme, scope, value, contact_id, proof, account, source, created_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        workspace,
        id,
        identity.scheme(),
        identity.scope(),
        identity.value(),
        contact,
        word(proof),
        account,
        source,
        now);
    tx.updateLater(
        "INSERT INTO link (workspace, identity_id, contact_id, evidence, method, proof, actor, at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        workspace,
        id,
        contact,
        evidence,
        method,
        word(proof),
        "hub",
        now);
    return id;
  }

  public Optional<IdentityRow> find(Transaction tx, Identity identity) throws SQLException {
    return person(tx, identity).map(Person::row);
  }

  public Optional<IdentityRow> findById(Transaction tx, String identityId) throws SQLException {
    Optional<IdentityRow> known = sharedIdentities.get(tx, identityId);
    if (known.isPresent()) {
      return known;
    }
    tx.flush();
    return tx.first(
        Contacts::readIdentity,
        "SELECT * FROM identity WHERE workspace = ? AND id = ?",
        workspace,
        identityId);
  }

  /**
   * The identity by which a contact is reached on an account: one first seen there, else one of the
   * channel's own scheme.
   */
  public Optional<IdentityRow> onAccount(
      Transaction tx, String contact, String account, String scheme) throws SQLException {
    tx.flush();
    return tx.first(
        Contacts::readIdentity,
        "SELECT * FROM identity WHERE workspace = ? AND contact_id = ?"
            + " AND ((account = ? AND source = 'sender') OR scheme = ?)"
            + " ORDER BY CASE WHEN account = ? AND source = 'sender' THEN 0 ELSE 1 END, created_at DESC LIMIT 1",
        workspace,
        contact,
        account,
        scheme,
        account);
  }

  private static IdentityRow readIdentity(Transaction.Row row) throws SQLException {
    return new IdentityRow(
        row.text("id"),
        new Identity(row.text("scheme"), row.text("scope"), row.text("value")),
        row.text("contact_id"),
        row.flag("reachable"));
  }

  /** Whether the identity can be written to. */
  public void setReachable(Transaction tx, Identity identity, boolean reachable)
      throws SQLException {
    tx.flush();
    people.forget(identity);
    sharedIdentities.clear(tx);
    tx.update(
        "UPDATE identity SET reachable = ? WHERE workspace = ? AND scheme = ? AND scope = ? AND value = ?",
        reachable ? 1 : 0,
        workspace,
        identity.scheme(),
        identity.scope(),
        identity.value());
  }

  /**
   * The provider knows somebody under another id: the person stays, and the old id stays as an
   * alias.
   *
   * @return false when the old id is unknown or the new one belongs to somebody already
   */
  public boolean rename(Transaction tx, String account, Identity from, Identity to)
      throws SQLException {
    Optional<IdentityRow> old = find(tx, from);
    if (old.isEmpty() || find(tx, to).isPresent()) {
      return false;
    }
    insertIdentity(
        tx,
        account,
        to,
        old.get().contactId(),
        ProofLevel.ASSERTED,
        "rename",
        "rename",
        from.toString());
    return true;
  }

  /** The contact as the outside sees it. */
  public Optional<Contact> contact(Transaction tx, String id) throws SQLException {
    Optional<Contact> known = shared.get(tx, id);
    if (known.isPresent()) {
      return known;
    }
    tx.flush();
    return views.contact(tx, id);
  }

  /** Ids of contacts that have or claim an identity, those that have it first. */
  public List<String> having(Transaction tx, Identity identity) throws SQLException {
    return views.having(tx, identity);
  }

  /** Ids of contacts, newest first, whose name holds the words. */
  public List<String> search(Transaction tx, String words, String before, int limit)
      throws SQLException {
    return views.search(tx, words, before, limit);
  }

  /** Sets attributes; a null value removes one. */
  public void setAttributes(Transaction tx, String contact, Map<String, Object> changes)
      throws SQLException {
    shared.forget(tx, contact);
    tx.flush();
    Optional<String> present =
        tx.first(
            row -> row.text("attributes"),
            "SELECT attributes FROM contact WHERE workspace = ? AND id = ?",
            workspace,
            contact);
    if (present.isPresent()) {
      Map<String, Object> merged = new LinkedHashMap<>(Json.map(present.get()));
      changes.forEach(
          (key, value) -> {
            if (value == null) {
              merged.remove(key);
            } else {
              merged.put(key, value);
            }
          });
      tx.update(
          "UPDATE contact SET attributes = ? WHERE workspace = ? AND id = ?",
          Json.write(merged),
          workspace,
          contact);
    }
  }

  /** Sets what the contact is called and speaks; null leaves it as it is. */
  public void describe(Transaction tx, String contact, String name, String language)
      throws SQLException {
    tx.flush();
    people.clear();
    shared.forget(tx, contact);
    tx.update(
        "UPDATE contact SET name = coalesce(?, name), name_folded = coalesce(?, name_folded),"
            + " language = coalesce(?, language) WHERE workspace = ? AND id = ?",
        name,
        name == null ? null : Like.fold(name),
        language,
        workspace,
        contact);
  }

  private static String word(ProofLevel proof) {
    return proof.name().toLowerCase(Locale.ROOT);
  }
}
