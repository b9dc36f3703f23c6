package io.omnihub.core.plugin;

import io.omnihub.api.connector.Transcript;
import io.omnihub.api.model.Identity;
import io.omnihub.core.identity.Contacts;
import io.omnihub.core.store.Store;
import io.omnihub.core.store.Transaction;
import io.omnihub.core.timeline.Messages;
import io.omnihub.core.timeline.StoredMessage;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What was said with a sender on an account, from the store. */
final class StoredTranscript implements Transcript {
  private static final int MOST = 200;

  private final String account;
  private final Store store;
  private final Contacts contacts;
  private final Messages messages;

  StoredTranscript(String account, Store store, Contacts contacts, Messages messages) {
    this.account = account;
    this.store = store;
    this.contacts = contacts;
    this.messages = messages;
  }

  @Override
  public List<Entry> after(Identity sender, long position, int limit) {
    return read(
        sender,
        (tx, identity) ->
            messages.ofIdentity(tx, identity, account, position, Math.min(limit, MOST)));
  }

  @Override
  public List<Entry> newest(Identity sender, int limit) {
    return read(
        sender,
        (tx, identity) -> messages.newestOfIdentity(tx, identity, account, Math.min(limit, MOST)));
  }

  private interface Query {
    List<StoredMessage> run(Transaction tx, String identity) throws SQLException;
  }

  private List<Entry> read(Identity sender, Query query) {
    return store.read(
        tx -> {
          Optional<Contacts.IdentityRow> identity = contacts.find(tx, sender);
          return identity.isEmpty()
              ? List.<Entry>of()
              : query.run(tx, identity.get().id()).stream()
                  .map(stored -> new Entry(stored.position(), stored.message()))
                  .toList();
        });
  }
}
