package io.omnihub.channel.telegram;

import java.text.BreakIterator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a text that is longer than one message carries: at a line, else at a word, else between two
 * characters as people see them; never inside of a surrogate pair, a tag or an entity.
 */
final class TextSplitter {
  private static final Pattern TOKEN = Pattern.compile("<(/?)([a-z]+)[^>]*>|&[a-z]+;|[\\s\\S]");

  private TextSplitter() {}

  /** Pieces of a plain text; blank ones are left out, as they cannot be sent. */
  static List<String> plain(String text, int limit) {
    List<String> pieces = new ArrayList<>();
    int from = 0;
    for (int cut : cuts(text, limit)) {
      pieces.add(text.substring(from, cut));
      from = cut;
    }
    pieces.add(text.substring(from));
    return pieces.stream().filter(piece -> !piece.isBlank()).toList();
  }

  /**
   * Pieces of what {@link TelegramMarkup#html} makes; tags that are open at a cut are closed and
   * opened again.
   *
   * @param limit of what is read, in UTF-16 units
   */
  static List<String> html(String html, int limit) {
    Deque<Integer> cuts = new ArrayDeque<>(cuts(TelegramMarkup.plain(html), limit));
    List<String> pieces = new ArrayList<>();
    Deque<String[]> open = new ArrayDeque<>();
    StringBuilder piece = new StringBuilder();
    int read = 0;
    Matcher token = TOKEN.matcher(html);
    while (token.find()) {
      boolean tag = token.group(2) != null;
      if (!tag && !cuts.isEmpty() && read == cuts.peek()) {
        cuts.pop();
        open.forEach(style -> piece.append("</").append(style[0]).append('>'));
        pieces.add(piece.toString());
        piece.setLength(0);
        open.descendingIterator().forEachRemaining(style -> piece.append(style[1]));
      }
      piece.append(token.group());
      if (!tag) {
        read += token.group().startsWith("&") ? 1 : token.group().length();
      } else if (token.group(1).isEmpty()) {
        open.push(new String[] {token.group(2), token.group()});
      } else {
        open.pop();
      }
    }
    pieces.add(piece.toString());
    return pieces.stream().filter(each -> !TelegramMarkup.plain(each).isBlank()).toList();
  }

  /** Where to cut, in UTF-16 units from the beginning. */
  private static List<Integer> cuts(String text, int limit) {
    List<Integer> cuts = new ArrayList<>();
    int from = 0;
    while (text.length() - from > limit) {
      from = cut(text, from, from + limit);
      cuts.add(from);
    }
    return cuts;
  }

  private static int cut(String text, int from, int to) {
    int middle = from + (to - from) / 2;
    int line = text.lastIndexOf('\n', to - 1);
    if (line >= middle) {
      return line + 1;
    }
    int word = text.lastIndexOf(' ', to - 1);
    if (word >= middle) {
      return word + 1;
    }
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(text.substring(from, Math.min(to + 64, text.length())));
    int end = characters.isBoundary(to - from) ? to - from : characters.preceding(to - from);
    if (end > 0) {
      return from + end;
    }
    return Character.isLowSurrogate(text.charAt(to)) ? to - 1 : to;
  }
}
