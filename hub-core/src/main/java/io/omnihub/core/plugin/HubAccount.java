package io.omnihub.core.plugin;

import io.omnihub.api.config.Settings;
import io.omnihub.api.connector.Account;
import io.omnihub.api.connector.AccountState;
import io.omnihub.api.connector.MediaStore;
import io.omnihub.api.connector.Transcript;
import java.net.URI;
import java.time.Clock;
import java.util.function.Supplier;

/** What a connector gets of the hub. */
record HubAccount(
    String id,
    Settings settings,
    Clock clock,
    Supplier<URI> address,
    AccountState state,
    MediaStore media,
    Transcript transcript)
    implements Account {

  @Override
  public URI publicUrl() {
    return address.get();
  }
}
