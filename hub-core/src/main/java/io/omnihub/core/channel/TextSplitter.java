package io.omnihub.core.channel;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Splits long texts at the best place: a paragraph, a line, a sentence, a word, and never inside of
 * a character. Pure.
 */
final class TextSplitter {
  private TextSplitter() {}

  /** Pieces of at most so many UTF-16 units that together hold all words of the text. */
  static List<String> split(String text, int limit) {
    if (limit <= 0 || text.length() <= limit) {
      return List.of(text);
    }
    List<String> pieces = new ArrayList<>();
    String rest = text;
    while (rest.length() > limit) {
      int cut = cut(rest, limit);
      pieces.add(rest.substring(0, cut).stripTrailing());
      rest = rest.substring(cut).stripLeading();
    }
    pieces.add(rest);
    return pieces.stream().filter(piece -> !piece.isEmpty()).toList();
  }

  private static int cut(String text, int limit) {
    int least = Math.max(1, limit / 2);
    for (String mark : List.of("\n\n", "\n")) {
      int at = text.lastIndexOf(mark, limit - mark.length());
      if (at >= least) {
        return at + mark.length();
      }
    }
    for (BreakIterator breaks :
        List.of(
            BreakIterator.getSentenceInstance(Locale.ROOT),
            BreakIterator.getLineInstance(Locale.ROOT))) {
      int at = before(breaks, text, limit);
      if (at >= least) {
        return at;
      }
    }
    int at = before(BreakIterator.getCharacterInstance(Locale.ROOT), text, limit);
    return at > 0 ? at : wholeCodePoint(text, limit);
  }

  private static int before(BreakIterator breaks, String text, int limit) {
    breaks.setText(text);
    return breaks.isBoundary(limit) ? limit : breaks.preceding(limit);
  }

  private static int wholeCodePoint(String text, int limit) {
    boolean inside =
        Character.isHighSurrogate(text.charAt(limit - 1))
            && Character.isLowSurrogate(text.charAt(limit));
    return inside ? limit - 1 : limit;
  }
}
