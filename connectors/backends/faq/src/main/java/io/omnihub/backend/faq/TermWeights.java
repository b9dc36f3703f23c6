package io.omnihub.backend.faq;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How much each term tells, by its worth and its rarity among all phrasings; unknown terms tell
 * most.
 */
final class TermWeights {
  private final Map<String, Integer> frequencies = new HashMap<>();
  private final int phrasings;
  private final Analysis analysis;

  TermWeights(Analysis analysis, List<EntryTerms> entries) {
    this.analysis = analysis;
    int count = 0;
    for (EntryTerms entry : entries) {
      for (EntryTerms.Phrasing phrasing : entry.phrasings()) {
        phrasing.terms().forEach(term -> frequencies.merge(term, 1, Integer::sum));
        count++;
      }
    }
    phrasings = count;
  }

  /** The worth times the inverse document frequency as BM25 has it. */
  double weight(String term) {
    int frequency = frequencies.getOrDefault(term, 0);
    return analysis.worth(term) * Math.log(1 + (phrasings - frequency + 0.5) / (frequency + 0.5));
  }

  /** The cosine of two sets of terms, 0 to 1. */
  double similarity(Set<String> one, Set<String> other) {
    double common = 0;
    for (String term : one) {
      common += other.contains(term) ? square(term) : 0;
    }
    return common == 0 ? 0 : common / Math.sqrt(squares(one) * squares(other));
  }

  /** The share of the terms, by weight, that is known, 0 to 1. */
  double coverage(Set<String> terms, Set<String> known) {
    double covered = 0;
    double all = 0;
    for (String term : terms) {
      double weight = weight(term);
      all += weight;
      covered += known.contains(term) ? weight : 0;
    }
    return all == 0 ? 0 : covered / all;
  }

  private double squares(Set<String> terms) {
    return terms.stream().mapToDouble(this::square).sum();
  }

  private double square(String term) {
    double weight = weight(term);
    return weight * weight;
  }
}
