package io.omnihub.core;

import io.omnihub.core.Launch.UsageException;
import io.omnihub.core.config.ConfigReader;
import io.omnihub.core.http.api.Keys;
import io.omnihub.core.http.api.Role;
import io.omnihub.core.plugin.InstalledPlugins;
import io.omnihub.core.plugin.PluginFolder;
import io.omnihub.core.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands of a hub. */
final class Commands {
  private Commands() {}

  /** Runs the hub. */
  @Command(name = "serve", description = "Runs the hub.", mixinStandardHelpOptions = true)
  static final class Serve implements Callable<Integer> {
    private static final AtomicBoolean RUNNING = new AtomicBoolean();

    @Option(
        names = "--config",
        paramLabel = "FILE",
        description = "The configuration; default ./omnihub.yaml, then conf/omnihub.yaml.")
    Path config;

    @Option(
        names = "--warm-up",
        description = "Starts everything once and stops, so that later starts are quicker.")
    boolean warmUp;

    @Spec CommandSpec spec;

    static boolean running() {
      return RUNNING.get();
    }

    @Override
    public Integer call() {
      Path file = Launch.configFile(config);
      InstalledPlugins plugins = Launch.plugins();
      ConfigReader.Result result = Launch.read(file, plugins);
      if (!result.problems().isEmpty()) {
        PrintWriter err = spec.commandLine().getErr();
        result.problems().forEach(problem -> err.println(Launch.line(file, problem)));
        return 2;
      }
      Hub hub = Hub.start(result.config(), plugins, Clock.systemUTC());
      if (warmUp) {
        hub.close();
        plugins.close();
        return 0;
      }
      RUNNING.set(true);
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(hub, plugins)));
      PrintWriter out = spec.commandLine().getOut();
      out.println("ready in " + sinceStart() + " ms on " + hub.url());
      out.flush();
      return 0;
    }

    private static void stop(Hub hub, InstalledPlugins plugins) {
      hub.close();
      plugins.close();
      // an orderly end by a signal is no failure: without this the JVM would exit with 128 + the
      // signal's number
      Runtime.getRuntime().halt(0);
    }
  }

  /** Milliseconds since the JVM began. */
  static long sinceStart() {
    return System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
  }

  /** Checks the configuration. */
  @Command(
      name = "check",
      description = "Checks the configuration without starting anything.",
      mixinStandardHelpOptions = true)
  static final class Check implements Callable<Integer> {
    @Option(
        names = "--config",
        paramLabel = "FILE",
        description = "The configuration; default ./omnihub.yaml, then conf/omnihub.yaml.")
    Path config;

    @Spec CommandSpec spec;

    @Override
    public Integer call() {
      Path file = Launch.configFile(config);
      try (InstalledPlugins plugins = Launch.plugins()) {
        ConfigReader.Result result = Launch.read(file, plugins);
        PrintWriter out = spec.commandLine().getOut();
        result.problems().forEach(problem -> out.println(Launch.line(file, problem)));
        if (result.problems().isEmpty()) {
          out.println(
              file
                  + ": fine, "
                  + result.config().channels().size()
                  + " channels, "
                  + result.config().backends().size()
                  + " backends");
          return 0;
        }
        return 2;
      }
    }
  }

  /** Lists, adds and removes plugins. */
  @Command(
      name = "plugins",
      description = "Lists the plugins; install and remove change them.",
      mixinStandardHelpOptions = true)
  static final class Plugins implements Callable<Integer> {
    @Spec CommandSpec spec;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      try (InstalledPlugins plugins = Launch.plugins()) {
        for (InstalledPlugins.Listed plugin : plugins.list()) {
          String what =
              plugin.problem().isEmpty() ? plugin.description() : "FAILED: " + plugin.problem();
          out.printf("%-12s %-8s %-8s %s%n", plugin.id(), plugin.kind(), plugin.version(), what);
        }
        return plugins.list().stream().allMatch(plugin -> plugin.problem().isEmpty()) ? 0 : 1;
      }
    }

    @Command(
        name = "install",
        description = "Adds a plugin from its zip file; a running hub sees it after a restart.")
    int install(@Parameters(paramLabel = "FILE") Path file) throws IOException {
      String id = PluginFolder.install(Launch.pluginFolder(), file);
      spec.commandLine().getOut().println("installed " + id);
      return 0;
    }

    @Command(
        name = "remove",
        description = "Removes a plugin; a running hub keeps it until a restart.")
    int remove(@Parameters(paramLabel = "ID") String id) throws IOException {
      if (!PluginFolder.remove(Launch.pluginFolder(), id)) {
        throw new UsageException("there is no plugin '" + id + "', see omnihub plugins");
      }
      spec.commandLine().getOut().println("removed " + id);
      return 0;
    }
  }

  /** Makes keys of the API. */
  @Command(name = "keys", description = "Makes keys of the API.", mixinStandardHelpOptions = true)
  static final class KeysCommand implements Callable<Integer> {
    @Spec CommandSpec spec;

    @Override
    public Integer call() {
      throw new UsageException("say what to do: omnihub keys create --name NAME --role ROLE");
    }

    @Command(
        name = "create",
        description = "Makes a key and shows it this once; a running hub knows it at once.")
    int create(
        @Option(names = "--name", required = true, paramLabel = "NAME") String name,
        @Option(
                names = "--role",
                required = true,
                paramLabel = "ROLE",
                description = "admin, supervisor, agent, backend or partner")
            String word,
        @Option(names = "--config", paramLabel = "FILE") Path config) {
      Role role =
          Role.of(word)
              .orElseThrow(
                  () ->
                      new UsageException(
                          "there is no role '"
                              + word
                              + "', expected admin, supervisor, agent, backend or partner"));
      Path file = Launch.configFile(config);
      try (InstalledPlugins plugins = Launch.plugins();
          Store store = Store.openBeside(Hub.address(Launch.read(file, plugins).config()))) {
        String key =
            Keys.create(Hub.WORKSPACE, store, Clock.systemUTC(), name, role)
                .orElseThrow(
                    () -> new UsageException("there is a key named '" + name + "' already"));
        spec.commandLine().getOut().println(key);
        return 0;
      }
    }
  }

  /** Tells versions. */
  @Command(
      name = "version",
      description = "Tells the version, the commit and the Java that runs it.")
  static final class Version implements Callable<Integer> {
    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException {
      Properties build = new Properties();
      try (InputStream stream = Version.class.getResourceAsStream("build.properties")) {
        build.load(stream);
      }
      spec.commandLine()
          .getOut()
          .println(
              "omnihub "
                  + build.getProperty("version")
                  + " ("
                  + build.getProperty("commit")
                  + "), Java "
                  + Runtime.version()
                  + ", "
                  + System.getProperty("java.vendor"));
      return 0;
    }
  }
}
