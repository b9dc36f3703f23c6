package io.omnihub.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The options of a run: {@code --name value}. */
record Options(Map<String, String> given) {

  Options {
    given = Map.copyOf(given);
  }

  /**
   * Reads {@code --name value} pairs.
   *
   * @throws IllegalArgumentException when one has no value or another name than those known
   */
  static Options of(List<String> arguments, Set<String> known) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < arguments.size(); i += 2) {
      String name = arguments.get(i).replaceFirst("^--", "");
      if (!known.contains(name) || !arguments.get(i).startsWith("--")) {
        throw new IllegalArgumentException(
            arguments.get(i) + " is not an option; there are " + known.stream().sorted().toList());
      }
      if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException("--" + name + " needs a value");
      }
      given.put(name, arguments.get(i + 1));
    }
    return new Options(given);
  }

  String text(String name, String otherwise) {
    return given.getOrDefault(name, otherwise);
  }

  long number(String name, long otherwise) {
    return Long.parseLong(text(name, Long.toString(otherwise)));
  }

  /** A time that is given in seconds. */
  Duration seconds(String name, long otherwise) {
    return Duration.ofSeconds(number(name, otherwise));
  }

  /** Numbers with commas between them. */
  List<Integer> numbers(String name, String otherwise) {
    return Stream.of(text(name, otherwise).split(",")).map(Integer::valueOf).toList();
  }

  Optional<Path> file(String name) {
    return Optional.ofNullable(given.get(name)).map(Path::of).map(Path::toAbsolutePath);
  }
}
