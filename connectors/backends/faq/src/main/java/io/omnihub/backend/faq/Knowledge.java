package io.omnihub.backend.faq;

import io.omnihub.api.model.Part;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** What the bot knows, as its file holds it. */
record Knowledge(List<Entry> entries) {

  Knowledge {
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("knowledge needs at least one entry");
    }
    entries = List.copyOf(entries);
  }

  /**
   * One answer and the ways to ask for it.
   *
   * @param answers by language; {@link Language#OTHER} is the one for everybody
   * @param options labels of follow-up questions, by language likewise
   */
  record Entry(
      String id,
      List<String> questions,
      SequencedMap<Language, String> answers,
      Part.Format format,
      Map<Language, List<String>> options,
      List<String> tags) {

    Entry {
      if (questions.isEmpty() || answers.isEmpty()) {
        throw new IllegalArgumentException("an entry needs a question and an answer");
      }
      questions = List.copyOf(questions);
      answers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(answers));
      options = Map.copyOf(options);
      tags = List.copyOf(tags);
    }

    /** The answer in the language, else the one for everybody, else the first one. */
    String answer(Language language) {
      Language spoken = language == Language.OTHER ? Language.EN : language;
      String own = answers.getOrDefault(spoken, answers.get(Language.OTHER));
      return own == null ? answers.firstEntry().getValue() : own;
    }

    /** The options that a person of this language can read; may be empty. */
    List<String> optionsFor(Language language) {
      Language spoken = language == Language.OTHER ? Language.EN : language;
      return options.getOrDefault(spoken, options.getOrDefault(Language.OTHER, List.of()));
    }
  }
}
