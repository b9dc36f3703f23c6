package io.omnihub.core.plugin;

import io.omnihub.api.connector.AccountState;
import io.omnihub.core.store.Store;
import java.util.Optional;

/** An account's small facts, in the store. */
final class StoredState implements AccountState {
  private final String workspace;
  private final String account;
  private final Store store;

  StoredState(String workspace, String account, Store store) {
    this.workspace = workspace;
    this.account = account;
    this.store = store;
  }

  @Override
  public Optional<String> get(String key) {
    return store.read(
        tx ->
            tx.first(
                row -> row.text("value"),
                "SELECT value FROM account_state WHERE workspace = ? AND account = ? AND name = ?",
                workspace,
                account,
                key));
  }

  @Override
  public void put(String key, String value) {
    store.write(
        tx ->
            tx.update(
                "INSERT INTO account_state (workspace, account, name, value) VALUES (?, ?, ?, ?)"
                    + " ON CONFLICT (workspace, account, name) DO UPDATE SET value = excluded.value",
                workspace,
                account,
                key,
                value));
  }
}
