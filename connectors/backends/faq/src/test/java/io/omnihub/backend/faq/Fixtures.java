package io.omnihub.backend.faq;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** Real texts of others, where they are present, and the demo's knowledge. */
final class Fixtures {
  private static final Pattern CSV_ROW =
      Pattern.compile("(?m)^(\"(?:[^\"]|\"\")*\"|[^,]*),(\\w+\\??)\\s*$");
  private static final Pattern USER = Pattern.compile("\\[\"usr\", \"((?:[^\"\\\\]|\\\\.)*)\"\\]");

  private Fixtures() {}

  record Labelled(String text, String intent) {}

  static List<Labelled> banking() throws IOException {
    String csv = Files.readString(text("banking77-train.csv"));
    List<Labelled> rows = new ArrayList<>();
    Matcher row = CSV_ROW.matcher(csv.substring(csv.indexOf('\n') + 1));
    while (row.find()) {
      String text = row.group(1);
      boolean quoted = text.startsWith("\"");
      String plain = quoted ? text.substring(1, text.length() - 1).replace("\"\"", "\"") : text;
      rows.add(new Labelled(plain.strip(), row.group(2)));
    }
    return rows;
  }

  /** What tourists ask, each sentence once. */
  static List<String> tourists() throws IOException {
    Matcher said = USER.matcher(Files.readString(text("crosswoz-val-dialogues.jsonl")));
    return said.results().map(match -> match.group(1)).distinct().toList();
  }

  static Knowledge demo() {
    return KnowledgeReader.read(above("dist/src/main/demo/faq.yaml"));
  }

  private static Path text(String name) {
    String configured = System.getProperty("omnihub.fixtures", "");
    Path folder = configured.isEmpty() ? above("../shared/fixtures") : Path.of(configured);
    Path file = folder.resolve("text").resolve(name);
    Assumptions.assumeTrue(Files.exists(file), "no fixtures at " + file);
    return file;
  }

  /** A path relative to the project's root. */
  private static Path above(String relative) {
    Path folder = Path.of("").toAbsolutePath();
    while (folder.getParent() != null && !Files.exists(folder.resolve("plugins-api"))) {
      folder = folder.getParent();
    }
    return folder.resolve(relative).normalize();
  }
}
