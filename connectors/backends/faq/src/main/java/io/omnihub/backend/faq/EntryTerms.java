package io.omnihub.backend.faq;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The phrasings of one entry, taken apart.
 *
 * @param entry the entry's place in the knowledge
 * @param phrasings at least one
 * @param all the terms of all phrasings
 */
record EntryTerms(int entry, List<Phrasing> phrasings, Set<String> all) {

  static EntryTerms of(int entry, List<String> questions, Analysis analysis) {
    List<Phrasing> phrasings =
        questions.stream()
            .map(question -> new Phrasing(question, analysis.distinctTerms(question)))
            .toList();
    Set<String> all = new HashSet<>();
    phrasings.forEach(phrasing -> all.addAll(phrasing.terms()));
    return new EntryTerms(entry, phrasings, all);
  }

  /** One way to ask. */
  record Phrasing(String text, Set<String> terms) {}
}
