package io.omnihub.benchmarks;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table in Markdown. */
final class Table {
  private final StringBuilder lines = new StringBuilder();

  Table(String... heads) {
    line(heads);
    line(Stream.of(heads).map(head -> "---").toArray(String[]::new));
  }

  private void line(String... cells) {
    lines.append(Stream.of(cells).collect(Collectors.joining(" | ", "| ", " |\n")));
  }

  /**
   * Adds a row.
   *
   * @param cells the further cells, with {@code %} as in {@link String#format}, divided by {@code
   *     |}
   */
  @SuppressWarnings("AnnotateFormatMethod") // a row is checked where it is written: by its table
  void row(String first, String cells, Object... values) {
    line((first + "|" + String.format(Locale.ROOT, cells, values)).split("\\s*\\|\\s*"));
  }

  @Override
  public String toString() {
    return lines.toString();
  }
}
