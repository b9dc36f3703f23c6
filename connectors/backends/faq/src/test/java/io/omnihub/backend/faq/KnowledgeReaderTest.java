package io.omnihub.backend.faq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.omnihub.api.model.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KnowledgeReaderTest {

  @Test
  void readsAllThatAnEntryMayHave() {
    Knowledge knowledge =
        KnowledgeReader.parse(
            "faq.yaml",
            """
            entries:
              - id: returns
                questions: [How do I return it, 怎么退货]
                answers: {zh: 点退货, en: Choose **return**}
                options: {en: [Refund]}
                format: markdown
                tags: [returns]
              - questions: [Count]
                answer: 42
                options: [One, Two]
            """);
    assertThat(knowledge.entries().getFirst())
        .isEqualTo(
            new Knowledge.Entry(
                "returns",
                List.of("How do I return it", "怎么退货"),
                new java.util.LinkedHashMap<>(
                    Map.of(Language.ZH, "点退货", Language.EN, "Choose **return**")),
                Part.Format.MARKDOWN,
                Map.of(Language.EN, List.of("Refund")),
                List.of("returns")));
    Knowledge.Entry second = knowledge.entries().getLast();
    assertThat(second.id()).isEqualTo("entry-2");
    assertThat(second.answer(Language.ZH)).isEqualTo("42");
    assertThat(second.optionsFor(Language.EN)).containsExactly("One", "Two");
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of("", "faq.yaml, line 1: expected `entries:`"),
        Arguments.of("hello", "faq.yaml, line 1: expected a mapping with entries"),
        Arguments.of("{}", "faq.yaml, line 1: expected `entries:`"),
        Arguments.of("entries: []", "faq.yaml, line 1: expected a list of entries, at least one"),
        Arguments.of("entries:\n  a: b", "faq.yaml, line 2: expected a list of entries"),
        Arguments.of("\nentry: []", "faq.yaml, line 2: unknown key entry, expected one of entries"),
        Arguments.of("entries:\n  - word", "faq.yaml, line 2: expected an entry with id"),
        Arguments.of(entry("answer: b"), "faq.yaml, line 2: expected `questions:`"),
        Arguments.of(entry("questions: []", "answer: b"), "faq.yaml, line 2: expected a list of"),
        Arguments.of(entry("questions: a", "answer: b"), "faq.yaml, line 2: expected a list of"),
        Arguments.of(
            entry("answer: b", "questions:", "  - a", "  -"), "faq.yaml, line 5: expected a text"),
        Arguments.of(entry("questions: [a]"), "faq.yaml, line 2: expected either `answer:`"),
        Arguments.of(
            entry("questions: [a]", "answer: b", "answers: {en: c}"),
            "faq.yaml, line 2: expected either `answer:`"),
        Arguments.of(
            entry("questions: [a]", "answer: {en: b}"), "faq.yaml, line 3: expected a text"),
        Arguments.of(
            entry("questions: [a]", "answers: {}"), "faq.yaml, line 3: expected an answer"),
        Arguments.of(
            entry("questions: [a]", "answers:", "  fr: b"),
            "faq.yaml, line 4: unknown key fr, expected one of zh, en"),
        Arguments.of(
            entry("questions: [a]", "answer: b", "format: html"),
            "faq.yaml, line 4: expected one of plain, markdown"),
        Arguments.of(
            entry("questions: [a]", "answer: b", "colour: red"),
            "faq.yaml, line 4: unknown key colour, expected one of id, questions"),
        Arguments.of(
            entry("questions: [a]", "answer: b", "answer: c"),
            "faq.yaml, line 4: expected answer once"),
        Arguments.of(
            "entries:\n- {id: x, questions: [a], answer: b}\n- {id: x, questions: [c], answer: d}",
            "faq.yaml, line 3: expected another id, x is taken"),
        Arguments.of("entries:\n  - a: [b\n  - c", "faq.yaml, line 3: expected YAML"),
        Arguments.of("entries:\n\t- a", "faq.yaml, line 2: expected YAML"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void whatIsWrongIsToldWithItsLine(String yaml, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KnowledgeReader.parse("faq.yaml", yaml))
        .withMessageContaining(message);
  }

  @Test
  void aMissingFileIsNamed(@TempDir Path folder) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KnowledgeReader.read(folder.resolve("none.yaml")))
        .withMessageContaining("none.yaml: expected a knowledge file here");
  }

  @Test
  void aFolderOrAnotherEncodingIsNamed(@TempDir Path folder) throws IOException {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KnowledgeReader.read(folder))
        .withMessageContaining("expected a readable file");
    Path latin = folder.resolve("latin.yaml");
    Files.write(latin, "entries: é".getBytes(StandardCharsets.ISO_8859_1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KnowledgeReader.read(latin))
        .withMessageContaining("UTF-8");
  }

  private static String entry(String... lines) {
    return "entries:\n  - " + String.join("\n    ", lines) + "\n";
  }
}
