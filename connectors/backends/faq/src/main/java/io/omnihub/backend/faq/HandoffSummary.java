package io.omnihub.backend.faq;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an agent who takes over wants to know at a glance. */
final class HandoffSummary {
  private static final int MOST_CANDIDATES = 3;
  private static final int MOST_CHARACTERS = 500;

  private HandoffSummary() {}

  static String of(TurnWords words, Language language, List<Candidate> candidates) {
    String asked =
        words.isEmpty() ? "(nothing in words)" : shortened(words.joined().replace('\n', ' '));
    String nearest =
        candidates.stream()
            .limit(MOST_CANDIDATES)
            .map(HandoffSummary::line)
            .collect(Collectors.joining("; "));
    return "Asked: "
        + asked
        + "\nLanguage: "
        + language.tag()
        + "\nNearest questions: "
        + (nearest.isEmpty() ? "none" : nearest);
  }

  private static String line(Candidate candidate) {
    return candidate.question() + String.format(Locale.ROOT, " (%.2f)", candidate.confidence());
  }

  private static String shortened(String text) {
    return text.length() <= MOST_CHARACTERS ? text : TurnWords.cut(text, MOST_CHARACTERS) + "…";
  }
}
