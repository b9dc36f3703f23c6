package io.omnihub.api.connector;

import java.util.Optional;

/** Small durable facts of one account, such as a poller's cursor. */
public interface AccountState {

  Optional<String> get(String key);

  /** Returns when the value is durable. */
  void put(String key, String value);
}
