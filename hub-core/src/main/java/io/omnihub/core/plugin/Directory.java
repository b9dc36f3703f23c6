package io.omnihub.core.plugin;

import io.omnihub.core.config.AccountConfig;
import io.omnihub.core.config.HubConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The configured accounts and backends, and which backends an account's conversations go to. Never
 * changes.
 */
public final class Directory {
  private final Map<String, ChannelInfo> channels;
  private final Map<String, BackendInfo> backends;
  private final Map<String, List<String>> chains = new LinkedHashMap<>();

  public Directory(
      HubConfig config, Map<String, ChannelInfo> channels, Map<String, BackendInfo> backends) {
    this.channels = Map.copyOf(channels);
    this.backends = Map.copyOf(backends);
    for (AccountConfig account : config.channels().values()) {
      chains.put(account.id(), chain(config, account));
    }
  }

  private List<String> chain(HubConfig config, AccountConfig account) {
    return config.routing().stream()
        .filter(rule -> rule.matches(account))
        .findFirst()
        .map(HubConfig.Rule::to)
        .orElseGet(() -> backends.keySet().stream().sorted().toList());
  }

  public Optional<ChannelInfo> channel(String id) {
    return Optional.ofNullable(channels.get(id));
  }

  public Optional<BackendInfo> backend(String id) {
    return Optional.ofNullable(backends.get(id));
  }

  public List<ChannelInfo> channels() {
    return List.copyOf(channels.values());
  }

  public List<BackendInfo> backends() {
    return List.copyOf(backends.values());
  }

  /** Backends that answer an account's customers, in the order in which they are asked. */
  public List<String> chain(String account) {
    return chains.getOrDefault(account, List.of());
  }

  /** The first desk, by name. */
  public Optional<BackendInfo> desk() {
    return backends.values().stream()
        .filter(BackendInfo::isDesk)
        .min((a, b) -> a.id().compareTo(b.id()));
  }

  /** Names of all queues. */
  public List<String> queues() {
    List<String> names = new ArrayList<>();
    backends.values().forEach(backend -> names.addAll(backend.queues()));
    return names;
  }
}
