package io.omnihub.core.http.api;

import io.omnihub.core.config.HubConfig;
import io.omnihub.core.store.Store;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keys of the API. Only digests are kept; keys have 256 random bits, so a plain SHA-256 is enough,
 * and looking a digest up tells nothing about a key.
 */
public final class Keys {
  private static final String PREFIX = "ohk_";

  private final String workspace;
  private final Store store;
  private final Map<String, Principal> configured = new HashMap<>();

  public Keys(String workspace, Store store, List<HubConfig.ApiKey> keys) {
    this.workspace = workspace;
    this.store = store;
    for (HubConfig.ApiKey key : keys) {
      Role.of(key.role())
          .ifPresent(
              role -> configured.put(digest(key.key().reveal()), new Principal(key.name(), role)));
    }
  }

  /** Who has this key. */
  public Optional<Principal> find(String key) {
    String digest = digest(key);
    Principal known = configured.get(digest);
    if (known != null) {
      return Optional.of(known);
    }
    return store.read(
        tx ->
            tx.first(
                row -> new Principal(row.text("name"), Role.of(row.text("role")).orElseThrow()),
                "SELECT name, role FROM api_key WHERE workspace = ? AND digest = ?",
                workspace,
                digest));
  }

  /**
   * Makes a key; it is shown this once.
   *
   * @return empty when there is a key of this name
   */
  public static Optional<String> create(
      String workspace, Store store, Clock clock, String name, Role role) {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    String key = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    int added =
        store.write(
            tx ->
                tx.update(
                    "INSERT INTO api_key (workspace, name, role, digest, created_at) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING",
                    workspace,
                    name,
                    role.name().toLowerCase(java.util.Locale.ROOT),
                    digest(key),
                    clock.millis()));
    return added == 0 ? Optional.empty() : Optional.of(key);
  }

  private static String digest(String key) {
    try {
      byte[] sha256 =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sha256);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
