package io.omnihub.channel.email.mime;

import io.omnihub.channel.email.mime.QuoteWords.Label;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Separates what somebody wrote from what his mail program quoted below it. The rules follow
 * Mailgun's talon. In doubt the text stays whole: too much is read over, too little is lost.
 */
final class QuoteSplitter {
  private static final int SCANNED_LINES = 1000;
  private static final int LONGEST_LINE = 1000;
  private static final int ATTRIBUTION_LINES = 4;
  private static final int HEADER_BLOCK_LINES = 8;

  private QuoteSplitter() {}

  /**
   * A text in two.
   *
   * @param quoted empty when nothing was quoted
   */
  record Split(String fresh, String quoted) {
    static Split whole(String text) {
      return new Split(text.strip(), "");
    }
  }

  static Split split(String text, String subject) {
    if (QuoteWords.isForwardSubject(subject)) {
      return Split.whole(text);
    }
    List<String> lines = List.of(text.split("\n", -1));
    Split split = splitLines(lines);
    return split.fresh().isBlank() ? Split.whole(text) : split;
  }

  private static Split splitLines(List<String> lines) {
    int last = Math.min(lines.size(), SCANNED_LINES);
    for (int i = 0; i < last; i++) {
      String line = line(lines, i);
      if (line.isEmpty() || line.startsWith(">")) {
        continue;
      }
      if (QuoteWords.isForwardMark(line)) {
        return new Split(join(lines, 0, lines.size()), "");
      }
      int attributionEnd = attributionEnd(lines, i);
      if (attributionEnd > i) {
        return afterAttribution(lines, i, attributionEnd);
      }
      if (QuoteWords.isOriginalMark(line) || isHeaderBlock(lines, i)) {
        return cut(lines, startOfMark(lines, i));
      }
    }
    return trailingQuote(lines);
  }

  /** Where the attribution that begins at a line ends, or the line itself when none does. */
  private static int attributionEnd(List<String> lines, int start) {
    StringBuilder window = new StringBuilder();
    for (int i = start; i < Math.min(lines.size(), start + ATTRIBUTION_LINES); i++) {
      String line = line(lines, i);
      if (line.isEmpty() || (i > start && line.startsWith(">"))) {
        break;
      }
      window.append(window.isEmpty() ? "" : " ").append(line);
      boolean ends = line.endsWith(":") || line.endsWith("：");
      if (ends && QuoteWords.isAttribution(window.toString())) {
        return i + 1;
      }
    }
    return start;
  }

  /** Answers may stand above the quotation, below it, or between its lines. */
  private static Split afterAttribution(List<String> lines, int start, int end) {
    int quote = nextWritten(lines, end);
    if (quote == lines.size() || !isQuoted(lines.get(quote))) {
      return cut(lines, start);
    }
    int quoteEnd = quotationEnd(lines, quote);
    int below = nextWritten(lines, quoteEnd);
    if (below == lines.size()) {
      return cut(lines, start);
    }
    boolean between = lines.subList(below, lines.size()).stream().anyMatch(QuoteSplitter::isQuoted);
    if (between) {
      return new Split(join(lines, 0, lines.size()), "");
    }
    String fresh = join(lines, 0, start) + "\n\n" + join(lines, below, lines.size());
    return new Split(fresh.strip(), join(lines, start, quoteEnd));
  }

  /** Quoted lines at the very end, without a line that says whose they are. */
  private static Split trailingQuote(List<String> lines) {
    int end = lines.size();
    int start = end;
    boolean quoted = false;
    while (start > 0 && (lines.get(start - 1).isBlank() || isQuoted(lines.get(start - 1)))) {
      start--;
      quoted |= isQuoted(lines.get(start));
    }
    boolean elsewhere = lines.subList(0, start).stream().anyMatch(QuoteSplitter::isQuoted);
    return quoted && !elsewhere ? cut(lines, start) : new Split(join(lines, 0, end), "");
  }

  private static boolean isHeaderBlock(List<String> lines, int start) {
    if (QuoteWords.labels(line(lines, start)).isEmpty()) {
      return false;
    }
    Set<Label> found = EnumSet.noneOf(Label.class);
    boolean address = false;
    int count = 0;
    for (int i = start; i < Math.min(lines.size(), start + HEADER_BLOCK_LINES); i++) {
      String line = line(lines, i);
      Set<Label> labels = QuoteWords.labels(line);
      if (line.isEmpty() && count > 1) {
        break;
      }
      count += labels.isEmpty() ? 0 : 1;
      found.addAll(labels);
      address |= labels.contains(Label.FROM) && line.contains("@");
    }
    boolean fromAndMore = found.contains(Label.FROM) && found.size() > 1;
    boolean marked = start > 0 && isRule(lines, previousWritten(lines, start));
    return fromAndMore && (count >= 3 || (count == 2 && (address || marked)));
  }

  /** A rule above the mark belongs to it. */
  private static int startOfMark(List<String> lines, int start) {
    int previous = previousWritten(lines, start);
    return isRule(lines, previous) ? previous : start;
  }

  private static boolean isRule(List<String> lines, int index) {
    return index >= 0 && line(lines, index).matches("[-_=*]{5,}");
  }

  private static int quotationEnd(List<String> lines, int start) {
    int end = start;
    while (end < lines.size() && (lines.get(end).isBlank() || isQuoted(lines.get(end)))) {
      end++;
    }
    return end;
  }

  private static int nextWritten(List<String> lines, int from) {
    int i = from;
    while (i < lines.size() && lines.get(i).isBlank()) {
      i++;
    }
    return i;
  }

  private static int previousWritten(List<String> lines, int before) {
    int i = before - 1;
    while (i >= 0 && lines.get(i).isBlank()) {
      i--;
    }
    return i;
  }

  private static boolean isQuoted(String line) {
    return line.stripLeading().startsWith(">");
  }

  private static String line(List<String> lines, int index) {
    String line = lines.get(index).replace('\u00a0', ' ').strip();
    return line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line;
  }

  private static Split cut(List<String> lines, int at) {
    return new Split(join(lines, 0, at), join(lines, at, lines.size()));
  }

  private static String join(List<String> lines, int from, int to) {
    return String.join("\n", new ArrayList<>(lines.subList(from, to))).strip();
  }
}
