package io.omnihub.core.plugin;

import io.omnihub.api.config.Settings;
import io.omnihub.api.connector.Account;
import io.omnihub.api.connector.ChannelConnector;
import io.omnihub.api.connector.Connector;
import io.omnihub.api.connector.WebSurface;
import io.omnihub.api.route.HubComponent;
import io.omnihub.core.config.AccountConfig;
import io.omnihub.core.config.HubConfig;
import io.omnihub.core.config.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the accounts of all plugins: one Camel context for each plugin that an account uses. An
 * account that cannot start is shown with its reason and harms no other.
 */
public final class PluginHost implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PluginHost.class);

  private final InstalledPlugins plugins;
  private final HubPorts ports;
  private final Map<String, CamelContext> contexts = new ConcurrentHashMap<>();
  private final Map<String, AccountState> states = new ConcurrentHashMap<>();

  public PluginHost(InstalledPlugins plugins, HubPorts ports) {
    this.plugins = plugins;
    this.ports = ports;
  }

  /**
   * How an account does.
   *
   * @param problem why it does not run, empty when it does
   */
  public record AccountState(String id, String plugin, boolean running, String problem) {}

  /** Makes the hub's side of an account. */
  public interface AccountMaker {
    Account make(AccountConfig config);
  }

  /** What the hub must know of the configured accounts and backends. */
  public Directory directory(HubConfig config) {
    Map<String, ChannelInfo> channels = new LinkedHashMap<>();
    config.channels().values().forEach(account -> channels.put(account.id(), channelInfo(account)));
    Map<String, BackendInfo> backends = new LinkedHashMap<>();
    config.backends().values().forEach(backend -> backends.put(backend.id(), backendInfo(backend)));
    return new Directory(config, channels, backends);
  }

  private ChannelInfo channelInfo(AccountConfig account) {
    ChannelConnector connector =
        (ChannelConnector) plugins.find(account.plugin()).orElseThrow().connector();
    Settings settings = account.settings();
    String mode = settings.text("conversation");
    boolean threaded = mode.isEmpty() ? connector.threaded() : mode.equals("thread");
    return new ChannelInfo(
        account.id(),
        account.plugin(),
        settings.text("region"),
        settings.text("language"),
        threaded,
        connector.threaded(),
        settings.text("on-unknown").equals("retry"),
        Rate.of(settings),
        connector.capabilities());
  }

  private static BackendInfo backendInfo(AccountConfig backend) {
    Settings settings = backend.settings();
    if (backend.plugin().equals("desk")) {
      List<String> queues = settings.texts("queues");
      return new BackendInfo(
          backend.id(),
          backend.plugin(),
          Duration.ZERO,
          Duration.ZERO,
          queues.isEmpty() ? List.of(backend.id()) : queues);
    }
    return new BackendInfo(
        backend.id(),
        backend.plugin(),
        settings.duration("settle"),
        settings.duration("patience"),
        List.of());
  }

  /**
   * Starts the routes of all accounts, the plugins side by side. Returns when all have started or
   * failed.
   */
  public void start(HubConfig config, AccountMaker maker) {
    Map<String, List<AccountConfig>> byPlugin = new HashMap<>();
    Stream.of(config.channels().values(), config.backends().values())
        .flatMap(Collection::stream)
        .filter(account -> !account.plugin().equals("desk"))
        .forEach(
            account ->
                byPlugin.computeIfAbsent(account.plugin(), p -> new ArrayList<>()).add(account));
    List<Thread> starting =
        byPlugin.entrySet().stream()
            .map(
                entry ->
                    Thread.ofPlatform()
                        .name("start-" + entry.getKey())
                        .start(() -> start(entry.getKey(), entry.getValue(), maker)))
            .toList();
    for (Thread thread : starting) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void start(String plugin, List<AccountConfig> accounts, AccountMaker maker) {
    InstalledPlugins.Loaded loaded = plugins.find(plugin).orElseThrow();
    Thread.currentThread().setContextClassLoader(loaded.classLoader());
    DefaultCamelContext context = new DefaultCamelContext();
    try {
      context.setApplicationContextClassLoader(loaded.classLoader());
      context.addComponent("hub", new HubComponent(ports));
      context.setLoadHealthChecks(false);
      context.getShutdownStrategy().setTimeout(5);
      context.getShutdownStrategy().setLogInflightExchangesOnTimeout(false);
      contexts.put(plugin, context);
      context.start();
      accounts.forEach(account -> addRoutes(context, loaded.connector(), maker, account));
    } catch (Exception | LinkageError e) {
      LOG.error("plugin {} does not start: {}", plugin, e.toString());
      LOG.debug("starting plugin {} failed", plugin, e);
      accounts.forEach(account -> failed(account, String.valueOf(e.getMessage())));
    }
  }

  private void addRoutes(
      CamelContext context, Connector connector, AccountMaker maker, AccountConfig account) {
    try {
      context.addRoutes(connector.routes(maker.make(account)));
      states.put(account.id(), new AccountState(account.id(), account.plugin(), true, ""));
    } catch (Exception | LinkageError e) {
      LOG.error("account {} does not start: {}", account.id(), e.getMessage());
      LOG.debug("starting account {} failed", account.id(), e);
      failed(account, String.valueOf(e.getMessage()));
    }
  }

  private void failed(AccountConfig account, String problem) {
    states.put(account.id(), new AccountState(account.id(), account.plugin(), false, problem));
  }

  /** How the accounts do, by name. */
  public List<AccountState> states() {
    return states.values().stream().sorted((a, b) -> a.id().compareTo(b.id())).toList();
  }

  /** What channels show to browsers: accounts by the first word of the path. */
  public Map<String, WebSurface> webSurfaces(HubConfig config) {
    Map<String, WebSurface> surfaces = new HashMap<>();
    for (AccountConfig account : config.channels().values()) {
      ChannelConnector connector =
          (ChannelConnector) plugins.find(account.plugin()).orElseThrow().connector();
      connector.web().ifPresent(surface -> surfaces.put(account.plugin(), surface));
    }
    return surfaces;
  }

  /** A file among a plugin's own resources. */
  public Optional<byte[]> resource(String plugin, String path) {
    try (var stream = plugins.find(plugin).orElseThrow().classLoader().getResourceAsStream(path)) {
      return stream == null ? Optional.empty() : Optional.of(stream.readAllBytes());
    } catch (java.io.IOException e) {
      return Optional.empty();
    }
  }

  /** Stops all routes, the plugins side by side. */
  @Override
  public void close() {
    List<Thread> stopping =
        contexts.values().stream()
            .map(context -> Thread.ofPlatform().start(context::stop))
            .toList();
    for (Thread thread : stopping) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    contexts.clear();
  }
}
