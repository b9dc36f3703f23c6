package io.omnihub.core;

import io.omnihub.core.config.ConfigReader;
import io.omnihub.core.config.ConfigReader.Found;
import io.omnihub.core.plugin.InstalledPlugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the commands share: where the distribution is, which plugins it has, what the configuration
 * says.
 */
public final class Launch {
  /** System property that names the folder of the distribution; the launcher script sets it. */
  public static final String HOME = "omnihub.home";

  private Launch() {}

  /** A mistake of the user: one line that says what to do, exit code 2. */
  public static final class UsageException extends RuntimeException {
    public UsageException(String message) {
      super(message, null, false, false);
    }
  }

  /** The folder of the plugins. */
  public static Path pluginFolder() {
    return Path.of(System.getProperty(HOME, ".")).resolve("plugins");
  }

  public static InstalledPlugins plugins() {
    return InstalledPlugins.load(pluginFolder());
  }

  /**
   * The configuration file: the one that is named, or the first of the usual ones that is there.
   */
  public static Path configFile(Path named) {
    if (named != null) {
      if (!Files.isReadable(named)) {
        throw new UsageException("the configuration " + named + " cannot be read");
      }
      return named;
    }
    return List.of(Path.of("omnihub.yaml"), Path.of("conf", "omnihub.yaml")).stream()
        .filter(Files::isReadable)
        .findFirst()
        .orElseThrow(
            () -> new UsageException("there is no omnihub.yaml here; name one with --config FILE"));
  }

  /** Reads the configuration; every problem is told, and any problem is a usage error. */
  public static ConfigReader.Result read(Path file, InstalledPlugins plugins) {
    try {
      return new ConfigReader(plugins, System::getenv).read(file);
    } catch (IOException e) {
      throw new UsageException("the configuration " + file + " cannot be read: " + e.getMessage());
    }
  }

  /** A problem as {@code FILE:LINE: path: message}. */
  public static String line(Path file, Found problem) {
    String path = problem.path().isEmpty() ? "" : problem.path() + ": ";
    return file + ":" + problem.line() + ": " + path + problem.message();
  }
}
