package io.omnihub.demo;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** The folder of a demo: one that is kept, or a temporary one that is deleted at the end. */
final class DemoFolder implements AutoCloseable {
  private static final String AGENT_KEY = "agent-key";
  private static final String ADMIN_KEY = "admin-key";
  private static final String STARTS = "starts";

  private final Path path;
  private final boolean kept;
  private final Properties facts;

  private DemoFolder(Path path, boolean kept, Properties facts) {
    this.path = path;
    this.kept = kept;
    this.facts = facts;
  }

  static DemoFolder temporary() {
    try {
      return open(Files.createTempDirectory("omnihub-demo-"), false);
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary folder can be made: " + e.getMessage(), e);
    }
  }

  /** A folder that keeps keys and conversations for the next start. */
  static DemoFolder kept(Path path) {
    try {
      Files.createDirectories(path);
      return open(path.toAbsolutePath(), true);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the folder " + path + " cannot be used: " + e.getMessage(), e);
    }
  }

  Path path() {
    return path;
  }

  boolean kept() {
    return kept;
  }

  String agentKey() {
    return facts.getProperty(AGENT_KEY);
  }

  String adminKey() {
    return facts.getProperty(ADMIN_KEY);
  }

  /** How often a demo was started in this folder before this one. */
  int earlierStarts() {
    return Integer.parseInt(facts.getProperty(STARTS)) - 1;
  }

  @Override
  public void close() {
    if (kept) {
      return;
    }
    try (Stream<Path> inside = Files.walk(path)) {
      List<Path> deepestFirst = inside.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the folder " + path + " cannot be deleted", e);
    }
  }

  private static DemoFolder open(Path path, boolean kept) throws IOException {
    Path file = path.resolve("demo.properties");
    Properties facts = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        facts.load(reader);
      }
    } else {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    facts.putIfAbsent(AGENT_KEY, "demo_" + DemoSecrets.text());
    facts.putIfAbsent(ADMIN_KEY, "demo_" + DemoSecrets.text());
    int starts = Integer.parseInt(facts.getProperty(STARTS, "0"));
    facts.setProperty(STARTS, Integer.toString(starts + 1));
    try (Writer writer = Files.newBufferedWriter(file)) {
      facts.store(writer, null);
    }
    return new DemoFolder(path, kept, facts);
  }
}
