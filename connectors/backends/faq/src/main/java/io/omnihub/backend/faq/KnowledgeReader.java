package io.omnihub.backend.faq;

import io.omnihub.api.model.Part;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/** Reads a knowledge file; what is wrong with it is told with file, line and what is expected. */
final class KnowledgeReader {
  private static final List<String> ENTRY_KEYS =
      List.of("id", "questions", "answer", "answers", "options", "format", "tags");
  private static final List<String> LANGUAGES = List.of("zh", "en");

  private KnowledgeReader() {}

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException when it is missing or wrong
   */
  static Knowledge read(Path file) {
    return parse(file.toString(), text(file));
  }

  static Knowledge parse(String file, String yaml) {
    YamlTree root = YamlTree.of(file, yaml);
    YamlTree list = root.mapping("a mapping", List.of("entries")).get("entries");
    if (list == null) {
      throw root.problem("expected `entries:` with a list of questions and answers");
    }
    List<Knowledge.Entry> entries = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (YamlTree item : list.list("a list of entries, at least one")) {
      entries.add(entry(item, entries.size() + 1, ids));
    }
    return new Knowledge(entries);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          file + ": expected a knowledge file here, there is none at " + file.toAbsolutePath(), e);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(file + ": expected a YAML file in UTF-8", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          file + ": expected a readable file, " + e.getClass().getSimpleName(), e);
    }
  }

  private static Knowledge.Entry entry(YamlTree item, int number, Set<String> ids) {
    Map<String, YamlTree> keys = item.mapping("an entry", ENTRY_KEYS);
    String id = keys.containsKey("id") ? keys.get("id").text("an id") : "entry-" + number;
    if (!ids.add(id)) {
      throw keys.getOrDefault("id", item).problem("expected another id, " + id + " is taken");
    }
    if (!keys.containsKey("questions")) {
      throw item.problem("expected `questions:` with at least one question");
    }
    return new Knowledge.Entry(
        id,
        keys.get("questions").texts("a list of questions, at least one"),
        answers(item, keys),
        format(keys),
        keys.containsKey("options") ? options(keys.get("options")) : Map.of(),
        keys.containsKey("tags") ? keys.get("tags").texts("a list of tags") : List.of());
  }

  private static SequencedMap<Language, String> answers(YamlTree item, Map<String, YamlTree> keys) {
    YamlTree one = keys.get("answer");
    YamlTree several = keys.get("answers");
    if ((one == null) == (several == null)) {
      throw item.problem("expected either `answer:` with a text or `answers:` with zh and en");
    }
    SequencedMap<Language, String> answers = new LinkedHashMap<>();
    if (one != null) {
      answers.put(Language.OTHER, one.text("a text; answers by language stand under `answers:`"));
      return answers;
    }
    several
        .mapping("answers by language", LANGUAGES)
        .forEach((language, text) -> answers.put(Language.ofTag(language), text.text("a text")));
    if (answers.isEmpty()) {
      throw several.problem("expected an answer under zh or en");
    }
    return answers;
  }

  private static Part.Format format(Map<String, YamlTree> keys) {
    return keys.containsKey("format")
            && keys.get("format").word(List.of("plain", "markdown")).equals("markdown")
        ? Part.Format.MARKDOWN
        : Part.Format.PLAIN;
  }

  private static Map<Language, List<String>> options(YamlTree tree) {
    String expected = "a list of labels, or one under zh and one under en";
    if (!tree.isMapping()) {
      return Map.of(Language.OTHER, tree.texts(expected));
    }
    Map<Language, List<String>> options = new EnumMap<>(Language.class);
    tree.mapping("options by language", LANGUAGES)
        .forEach(
            (language, labels) -> options.put(Language.ofTag(language), labels.texts(expected)));
    return options;
  }
}
