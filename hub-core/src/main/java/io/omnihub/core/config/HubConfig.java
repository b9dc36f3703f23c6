package io.omnihub.core.config;

import io.omnihub.api.config.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The whole configuration of a hub, checked. */
public record HubConfig(
    Server server,
    Store store,
    Media media,
    Subscriptions subscriptions,
    Retention retention,
    List<ApiKey> apiKeys,
    Map<String, AccountConfig> channels,
    Map<String, AccountConfig> backends,
    List<Rule> routing) {

  public HubConfig {
    apiKeys = List.copyOf(apiKeys);
    channels = Map.copyOf(channels);
    backends = Map.copyOf(backends);
    routing = List.copyOf(routing);
  }

  /**
   * Where the hub listens.
   *
   * @param port 0 takes a free one
   * @param publicUrl what providers call back; empty means the listening address
   * @param drain how long an orderly end may take
   */
  public record Server(String host, int port, Optional<URI> publicUrl, Duration drain) {}

  /**
   * The database.
   *
   * @param url its JDBC address
   * @param user empty when it asks for none
   */
  public record Store(String url, String user, Secret password) {}

  /**
   * Attachments.
   *
   * @param maxSize in bytes; a larger one is not kept
   * @param allowPrivate whether the hub may fetch from loopback and private addresses
   */
  public record Media(Path path, long maxSize, boolean allowPrivate) {}

  /**
   * Webhooks to subscribers.
   *
   * @param allowPrivate whether they may go to loopback and private addresses
   */
  public record Subscriptions(boolean allowPrivate) {}

  /** A key of the API that the file itself defines. */
  public record ApiKey(String name, String role, Secret key) {}

  /**
   * A rule of routing.
   *
   * @param channel account id or plugin name it is for; empty for all
   * @param to backends in the order in which they are asked
   */
  public record Rule(String channel, List<String> to) {
    public Rule {
      to = List.copyOf(to);
    }

    public boolean matches(AccountConfig account) {
      return channel.isEmpty() || channel.equals(account.id()) || channel.equals(account.plugin());
    }
  }
}
