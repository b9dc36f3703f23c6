package io.omnihub.core.http.api;

import java.util.Locale;
import java.util.Optional;

/** What a key may do. */
public enum Role {
  /** Everything. */
  ADMIN,
  /** All conversations. */
  SUPERVISOR,
  /** Own and queued conversations. */
  AGENT,
  /** Post actions. */
  BACKEND,
  /** Messages and events of the account that has the key's name. */
  PARTNER;

  public static Optional<Role> of(String word) {
    for (Role role : values()) {
      if (role.name().toLowerCase(Locale.ROOT).equals(word)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }
}
