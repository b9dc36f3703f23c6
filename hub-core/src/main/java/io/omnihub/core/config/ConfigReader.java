package io.omnihub.core.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Reads and checks a configuration file; finds every problem in one go. */
public final class ConfigReader {
  private final SpecCatalog catalog;
  private final Function<String, String> environment;

  /**
   * A reader.
   *
   * @param environment finds an environment variable, null when it is not set
   */
  public ConfigReader(SpecCatalog catalog, Function<String, String> environment) {
    this.catalog = catalog;
    this.environment = environment;
  }

  /**
   * Reads a file.
   *
   * @throws IOException when it cannot be read
   */
  public Result read(Path file) throws IOException {
    return read(Files.readString(file));
  }

  /** Reads the text of a file. */
  public Result read(String text) {
    YamlTree tree = YamlTree.read(text, environment);
    ConfigReading reading = new ConfigReading(tree, catalog);
    HubConfig config = reading.config();
    List<Found> found =
        reading.problems().stream()
            .map(problem -> new Found(tree.line(problem.path()), problem.path(), problem.message()))
            .sorted()
            .distinct()
            .toList();
    return new Result(config, found);
  }

  /**
   * A configuration and what is wrong with it.
   *
   * @param config to be used only when there is no problem
   */
  public record Result(HubConfig config, List<Found> problems) {}

  /** A problem and its line. */
  public record Found(int line, String path, String message) implements Comparable<Found> {
    @Override
    public int compareTo(Found other) {
      int byLine = Integer.compare(line, other.line);
      return byLine != 0 ? byLine : (path + message).compareTo(other.path + other.message);
    }
  }
}
