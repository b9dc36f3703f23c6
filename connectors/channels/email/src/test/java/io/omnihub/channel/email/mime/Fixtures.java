package io.omnihub.channel.email.mime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Recorded mail of others, which lies beside the project; tests skip where it does not. */
final class Fixtures {
  private Fixtures() {}

  /** A folder of the fixtures. */
  static Path folder(String name) {
    Path found = find().resolve(name);
    Assumptions.assumeTrue(Files.isDirectory(found), "no recorded mail at " + found + ": skipped");
    return found;
  }

  /** All mails below a folder, in the order of their names. */
  static List<Path> mails(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".eml")).sorted().toList();
    }
  }

  private static Path find() {
    String named = System.getProperty("omnihub.fixtures", "");
    if (!named.isEmpty()) {
      return Path.of(named);
    }
    Path wanted = Path.of("shared", "fixtures");
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve(wanted))) {
        return at.resolve(wanted);
      }
    }
    return wanted.toAbsolutePath();
  }
}
