package io.omnihub.channel.email.mime;

import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** HTML as a person would type it: paragraphs, lists, links with their address, tables by rows. */
final class HtmlText implements NodeVisitor {
  private static final Set<String> UNSEEN =
      Set.of("script", "style", "head", "title", "template", "noscript", "object", "svg");
  private static final Set<String> PARAGRAPHS =
      Set.of(
          "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre");
  private static final Set<String> LINES =
      Set.of(
          "div", "tr", "li", "dt", "dd", "section", "article", "header", "footer", "address", "hr",
          "center", "form", "figure", "body");

  private final StringBuilder text = new StringBuilder();
  private final IdentityHashMap<Element, Integer> numbers = new IdentityHashMap<>();
  private int hidden;
  private int preformatted;
  private int wantedBreaks;

  private HtmlText() {}

  static String of(Element root) {
    HtmlText visitor = new HtmlText();
    root.traverse(visitor);
    return tidy(visitor.text.toString());
  }

  /** No blanks at line ends, at most one empty line. */
  static String tidy(String text) {
    return text.replace('\u00a0', ' ')
        .replaceAll("(?<![ \t])[ \t]+\n", "\n")
        .replaceAll("\n{3,}", "\n\n")
        .strip();
  }

  @Override
  public void head(Node node, int depth) {
    if (node instanceof TextNode words) {
      append(words);
    } else if (node instanceof Element element) {
      begin(element);
    }
  }

  @Override
  public void tail(Node node, int depth) {
    if (!(node instanceof Element element)) {
      return;
    }
    if (isHidden(element)) {
      hidden--;
      return;
    }
    if (hidden > 0) {
      return;
    }
    String name = element.normalName();
    switch (name) {
      case "a" -> address(element);
      case "td", "th" -> cell(element);
      case "pre" -> preformatted--;
      default -> {}
    }
    breaks(name);
  }

  private void begin(Element element) {
    if (isHidden(element)) {
      hidden++;
    }
    if (hidden > 0) {
      return;
    }
    String name = element.normalName();
    breaks(name);
    switch (name) {
      case "br" -> text.append('\n');
      case "li" -> write(bullet(element));
      case "pre" -> preformatted++;
      case "img" -> picture(element);
      default -> {}
    }
  }

  private void append(TextNode words) {
    if (hidden > 0) {
      return;
    }
    if (preformatted > 0) {
      write(words.getWholeText());
      return;
    }
    String normal = words.getWholeText().replaceAll("[ \t\r\n]+", " ");
    boolean atStart = wantedBreaks > 0 || text.isEmpty() || Character.isWhitespace(last());
    normal = atStart ? normal.stripLeading() : normal;
    if (!normal.isEmpty()) {
      write(normal);
    }
  }

  private void write(String words) {
    int present = 0;
    while (present < text.length() && text.charAt(text.length() - 1 - present) == '\n') {
      present++;
    }
    if (!text.isEmpty() && wantedBreaks > present) {
      text.append("\n".repeat(wantedBreaks - present));
    }
    wantedBreaks = 0;
    text.append(words);
  }

  private void breaks(String name) {
    int wanted = PARAGRAPHS.contains(name) ? 2 : LINES.contains(name) ? 1 : 0;
    wantedBreaks = Math.max(wantedBreaks, wanted);
  }

  private void address(Element link) {
    String href = link.attr("href").strip();
    String shown = link.text().strip();
    boolean worth = href.matches("(?is)(https?|ftp)://.+");
    if (worth && !shown.isEmpty() && !same(href, shown)) {
      write(" (" + href + ")");
    }
  }

  private static boolean same(String href, String shown) {
    return bare(href).equals(bare(shown));
  }

  private static String bare(String address) {
    return address.replaceFirst("(?i)^(https?://)?(www\\.)?", "").replaceFirst("/$", "");
  }

  private void cell(Element cell) {
    Element next = cell.nextElementSibling();
    if (wantedBreaks == 0 && cell.hasText() && next != null && next.hasText()) {
      text.append(" | ");
    }
  }

  private void picture(Element image) {
    String alt = image.attr("alt").strip();
    if (!alt.isEmpty()) {
      write("[" + alt + "]");
    }
  }

  private String bullet(Element item) {
    Element list = item.parent();
    boolean numbered = list != null && list.nameIs("ol");
    return numbered ? numbers.merge(list, 1, Integer::sum) + ". " : "- ";
  }

  private char last() {
    return text.charAt(text.length() - 1);
  }

  /** Mailers hide a preview line at the top of a letter in ways that every browser honours. */
  private static boolean isHidden(Element element) {
    return UNSEEN.contains(element.normalName())
        || element.attr("style").replace(" ", "").toLowerCase(Locale.ROOT).contains("display:none");
  }
}
