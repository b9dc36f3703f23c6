package io.omnihub.core.plugin;

import io.omnihub.api.connector.Account;
import io.omnihub.api.connector.MediaStore;
import io.omnihub.core.config.AccountConfig;
import io.omnihub.core.identity.Contacts;
import io.omnihub.core.store.Store;
import io.omnihub.core.timeline.Messages;
import java.net.URI;
import java.time.Clock;
import java.util.function.Supplier;

/** Makes what connectors get of the hub. */
public record AccountFactory(
    String workspace,
    Store store,
    MediaStore media,
    Contacts contacts,
    Messages messages,
    Clock clock,
    Supplier<URI> publicUrl) {

  public Account make(AccountConfig config) {
    return new HubAccount(
        config.id(),
        config.settings(),
        clock,
        publicUrl,
        new StoredState(workspace, config.id(), store),
        media,
        new StoredTranscript(config.id(), store, contacts, messages));
  }
}
