package io.omnihub.backend.faq;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds the entries that may answer a question. Immutable and safe for all threads. */
final class KnowledgeIndex {
  private static final Predicate<String> CHINESE = text -> Language.of(text) == Language.ZH;

  private final Knowledge knowledge;
  private final List<TermIndex> chinese;
  private final List<TermIndex> others;

  /**
   * Questions that are asked to the letter. A greeting has no terms to search for, and of two
   * entries with the same terms the one that is meant is found.
   */
  private final Map<String, Candidate> verbatim = new HashMap<>();

  KnowledgeIndex(Knowledge knowledge) {
    this.knowledge = knowledge;
    this.chinese =
        List.of(index(Analysis.CHINESE_WORDS, CHINESE), index(Analysis.CHINESE_PAIRS, CHINESE));
    this.others = List.of(index(Analysis.ENGLISH, CHINESE.negate()));
    for (Knowledge.Entry entry : knowledge.entries()) {
      for (String question : entry.questions()) {
        verbatim.putIfAbsent(Analysis.letters(question), new Candidate(entry, question, 1));
      }
    }
  }

  /** Candidates for a text, the surest first, each entry once; empty when nothing fits at all. */
  List<Candidate> search(String text) {
    List<TermIndex> indexes = Language.of(text) == Language.ZH ? chinese : others;
    Map<Integer, TermIndex.Match> surest = new HashMap<>();
    for (TermIndex index : indexes) {
      for (TermIndex.Match match : index.search(text)) {
        surest.merge(match.entry(), match, KnowledgeIndex::surer);
      }
    }
    Optional<Candidate> asked = Optional.ofNullable(verbatim.get(Analysis.letters(text)));
    Stream<Candidate> similar =
        surest.values().stream()
            .sorted(
                Comparator.comparingDouble(TermIndex.Match::confidence)
                    .reversed()
                    .thenComparingInt(TermIndex.Match::entry))
            .map(this::candidate)
            .filter(
                candidate ->
                    asked.isEmpty() || !candidate.entry().id().equals(asked.get().entry().id()));
    return Stream.concat(asked.stream(), similar).toList();
  }

  private Candidate candidate(TermIndex.Match match) {
    Knowledge.Entry entry = knowledge.entries().get(match.entry());
    return new Candidate(entry, match.question(), match.confidence());
  }

  private static TermIndex.Match surer(TermIndex.Match one, TermIndex.Match other) {
    return one.confidence() >= other.confidence() ? one : other;
  }

  private TermIndex index(Analysis analysis, Predicate<String> language) {
    List<EntryTerms> entries = new ArrayList<>();
    for (int place = 0; place < knowledge.entries().size(); place++) {
      List<String> questions =
          knowledge.entries().get(place).questions().stream().filter(language).toList();
      if (!questions.isEmpty()) {
        entries.add(EntryTerms.of(place, questions, analysis));
      }
    }
    return new TermIndex(analysis, entries);
  }
}
