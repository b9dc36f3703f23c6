package io.omnihub.core.plugin;

import io.omnihub.api.config.ConfigSpec;
import io.omnihub.api.connector.BackendConnector;
import io.omnihub.api.connector.ChannelConnector;
import io.omnihub.api.connector.Connector;
import io.omnihub.core.config.SpecCatalog;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.pf4j.ClassLoadingStrategy;
import org.pf4j.DefaultPluginLoader;
import org.pf4j.DefaultPluginManager;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginLoader;
import org.pf4j.PluginManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins of a folder, each in a class loader of its own. One that cannot be loaded is listed
 * with its reason and harms no other.
 */
public final class InstalledPlugins implements SpecCatalog, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InstalledPlugins.class);

  private final PluginManager manager;
  private final Map<String, Loaded> connectors = new LinkedHashMap<>();
  private final List<Listed> listed = new ArrayList<>();

  private InstalledPlugins(PluginManager manager) {
    this.manager = manager;
  }

  /** A connector and the class loader of its plugin. */
  record Loaded(Connector connector, ClassLoader classLoader) {}

  /**
   * A plugin of the folder.
   *
   * @param problem why it cannot be used, empty when it can
   */
  public record Listed(
      String id, String version, String kind, String description, String problem) {}

  /** Loads what the folder holds; a folder that does not exist holds nothing. */
  public static InstalledPlugins load(Path folder) {
    InstalledPlugins plugins = new InstalledPlugins(new IsolatingManager(folder));
    for (Path path : foldersIn(folder)) {
      plugins.load(path, path.getFileName().toString());
    }
    return plugins;
  }

  /** Connectors that are on the class path: for tests of the hub itself. */
  public static InstalledPlugins of(List<? extends Connector> connectors) {
    InstalledPlugins plugins = new InstalledPlugins(new IsolatingManager(Path.of("no-plugins")));
    connectors.forEach(
        connector -> plugins.add(connector, connector.getClass().getClassLoader(), "test"));
    return plugins;
  }

  private static List<Path> foldersIn(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(Files::isDirectory)
          .filter(entry -> !entry.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      LOG.error("the plugins folder {} cannot be read: {}", folder, e.getMessage());
      return List.of();
    }
  }

  private void load(Path path, String name) {
    try {
      String id = manager.loadPlugin(path);
      manager.startPlugin(id);
      PluginDescriptor descriptor = manager.getPlugin(id).getDescriptor();
      Set<String> extensions = manager.getExtensionClassNames(id);
      if (extensions.isEmpty()) {
        fail(
            id,
            "it holds no connector (a class marked @Extension that is a ChannelConnector or a BackendConnector)",
            null);
      }
      ClassLoader loader = manager.getPluginClassLoader(id);
      for (String extension : extensions) {
        Object made = loader.loadClass(extension).getDeclaredConstructor().newInstance();
        if (made instanceof Connector connector) {
          add(connector, loader, descriptor.getVersion());
        } else {
          fail(id, extension + " is neither a ChannelConnector nor a BackendConnector", null);
        }
      }
    } catch (InvocationTargetException e) {
      fail(name, "its constructor failed: " + e.getCause(), e);
    } catch (ReflectiveOperationException | LinkageError e) {
      fail(name, "a class is missing or does not fit: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      fail(name, e.getMessage() == null ? e.toString() : e.getMessage(), e);
    }
  }

  private void add(Connector connector, ClassLoader loader, String version) {
    String connectorName = connector.name();
    String kind = connector instanceof ChannelConnector ? "channel" : "backend";
    Listed entry = new Listed(connectorName, version, kind, connector.description(), "");
    if (connectors.putIfAbsent(connectorName, new Loaded(connector, loader)) != null) {
      fail(connectorName, "another plugin brings a connector of this name already", null);
      return;
    }
    listed.add(entry);
  }

  private void fail(String name, String reason, Throwable cause) {
    LOG.error("plugin {} cannot be loaded and is left out: {}", name, reason);
    LOG.debug("loading plugin {} failed", name, cause);
    listed.add(new Listed(name, "", "", "", reason));
  }

  /** All plugins, those that failed included. */
  public List<Listed> list() {
    return List.copyOf(listed);
  }

  Optional<Loaded> find(String name) {
    return Optional.ofNullable(connectors.get(name));
  }

  @Override
  public Optional<ConfigSpec> channel(String plugin) {
    return find(plugin)
        .map(Loaded::connector)
        .filter(ChannelConnector.class::isInstance)
        .map(Connector::config);
  }

  @Override
  public Optional<ConfigSpec> backend(String plugin) {
    return find(plugin)
        .map(Loaded::connector)
        .filter(BackendConnector.class::isInstance)
        .map(Connector::config);
  }

  @Override
  public Duration maxRedeliveryAge(String plugin) {
    return find(plugin)
        .map(Loaded::connector)
        .filter(ChannelConnector.class::isInstance)
        .map(connector -> ((ChannelConnector) connector).maxRedeliveryAge())
        .orElse(Duration.ZERO);
  }

  @Override
  public Collection<String> channels() {
    return names(ChannelConnector.class);
  }

  @Override
  public Collection<String> backends() {
    return names(BackendConnector.class);
  }

  private List<String> names(Class<? extends Connector> kind) {
    return connectors.values().stream()
        .map(Loaded::connector)
        .filter(kind::isInstance)
        .map(Connector::name)
        .toList();
  }

  @Override
  public void close() {
    List.copyOf(manager.getPlugins()).forEach(plugin -> manager.unloadPlugin(plugin.getPluginId()));
  }

  /** Shared classes come from the hub, all others from the plugin. */
  private static final class IsolatingManager extends DefaultPluginManager {
    IsolatingManager(Path folder) {
      super(folder);
    }

    @Override
    protected PluginLoader createPluginLoader() {
      return new DefaultPluginLoader(this) {
        @Override
        protected PluginClassLoader createPluginClassLoader(
            Path path, PluginDescriptor descriptor) {
          ClassLoader shared = new SharedClasses(IsolatingManager.class.getClassLoader());
          return new PluginClassLoader(pluginManager, descriptor, shared, ClassLoadingStrategy.APD);
        }
      };
    }
  }
}
