package io.omnihub.dist.faults;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.omnihub.dist.HubProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The database of a hub under test. */
interface Storage extends AutoCloseable {

  /** The section {@code store} of the configuration, one line. */
  String yaml();

  @Override
  void close();

  /**
   * The one that {@code -Dfaults.store} names: {@code sqlite}, the default, or {@code postgres}.
   */
  static Storage chosen(Path folder) {
    String name = System.getProperty("faults.store", "sqlite");
    return switch (name) {
      case "sqlite" -> sqlite(folder.resolve("data"));
      case "postgres" -> PostgresStorage.start(folder);
      default -> throw new IllegalArgumentException("faults.store: expected sqlite or postgres");
    };
  }

  /** A file in a folder. */
  static Storage sqlite(Path folder) {
    return new Storage() {
      @Override
      public String yaml() {
        return "store: { url: \"jdbc:sqlite:" + folder.resolve("omnihub.db") + "\" }";
      }

      @Override
      public void close() {}
    };
  }

  /** Skips the test when this distribution does not know such a store. */
  static void assumeKnown(String yaml, Path folder) {
    try {
      Path probe = Files.createDirectories(folder.resolve("probe"));
      Files.writeString(
          probe.resolve("omnihub.yaml"), yaml + "\nchannels: { chat: { plugin: webchat } }\n");
      String out = HubProcess.run(probe, "check").out();
      assumeFalse(out.contains("store."), "the distribution does not take " + yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
