package io.omnihub.channel.email.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The little Markdown that bots and agents write, as HTML: bold, italic, code, links, lists,
 * headings, paragraphs. What it does not know stays as it was written.
 */
final class Markdown {
  /** Code, a link, an address: what is not to be marked up inside. */
  private static final Pattern FIXED =
      Pattern.compile(
          "`(?<code>[^`\n]+)`"
              + "|\\[(?<words>[^\\]\n]+)]\\((?<link>https?://[^\\s)]+|mailto:[^\\s)]+)\\)"
              + "|(?<address>https?://[^\\s<>()]+)");

  private static final Pattern BOLD = Pattern.compile("(?:\\*\\*)(?=\\S)([^\n]+?)(?<=\\S)\\*\\*");
  private static final Pattern ITALIC =
      Pattern.compile("(?<![\\w*])([*_])(?=\\S)([^*_\n]+?)(?<=\\S)\\1(?![\\w*])");
  private static final Pattern BULLET = Pattern.compile("\\s*[-*+] +(.*)");
  private static final Pattern NUMBER = Pattern.compile("\\s*\\d+[.)] +(.*)");
  private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*)");

  private final StringBuilder html = new StringBuilder();
  private final List<String> paragraph = new ArrayList<>();
  private String list = "";

  private Markdown() {}

  static String toHtml(String markdown) {
    Markdown writer = new Markdown();
    markdown.lines().forEach(writer::line);
    writer.endAll();
    return HtmlText.sanitized(writer.html.toString());
  }

  private void line(String line) {
    if (line.isBlank()) {
      endAll();
      return;
    }
    Matcher bullet = BULLET.matcher(line);
    Matcher number = NUMBER.matcher(line);
    Matcher heading = HEADING.matcher(line);
    if (bullet.matches()) {
      item("ul", bullet.group(1));
    } else if (number.matches()) {
      item("ol", number.group(1));
    } else if (heading.matches()) {
      endAll();
      html.append("<p><b>").append(inline(heading.group(1))).append("</b></p>");
    } else {
      endList();
      paragraph.add(inline(line));
    }
  }

  private void item(String kind, String text) {
    endParagraph();
    if (!list.equals(kind)) {
      endList();
      html.append('<').append(kind).append('>');
      list = kind;
    }
    html.append("<li>").append(inline(text)).append("</li>");
  }

  private void endAll() {
    endParagraph();
    endList();
  }

  private void endParagraph() {
    if (!paragraph.isEmpty()) {
      html.append("<p>").append(String.join("<br>", paragraph)).append("</p>");
      paragraph.clear();
    }
  }

  private void endList() {
    if (!list.isEmpty()) {
      html.append("</").append(list).append('>');
      list = "";
    }
  }

  private static String inline(String text) {
    StringBuilder out = new StringBuilder();
    Matcher fixed = FIXED.matcher(text);
    int done = 0;
    while (fixed.find()) {
      out.append(marked(text.substring(done, fixed.start()))).append(fixed(fixed));
      done = fixed.end();
    }
    return out.append(marked(text.substring(done))).toString();
  }

  private static String fixed(Matcher found) {
    if (found.group("code") != null) {
      return "<code>" + HtmlText.escaped(found.group("code")) + "</code>";
    }
    return found.group("link") != null
        ? link(found.group("link"), found.group("words"))
        : link(found.group("address"), found.group("address"));
  }

  private static String link(String to, String words) {
    return "<a href=\"" + HtmlText.escaped(to) + "\">" + HtmlText.escaped(words) + "</a>";
  }

  private static String marked(String text) {
    String html = HtmlText.escaped(text);
    html = BOLD.matcher(html).replaceAll("<b>$1</b>");
    return ITALIC.matcher(html).replaceAll("<i>$2</i>");
  }
}
