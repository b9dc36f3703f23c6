package io.omnihub.core.channel;

import io.omnihub.api.model.Part;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/** Marked-up text as plain text that loses no address. Pure. */
final class PlainText {
  private static final Pattern LINK = Pattern.compile("\\[([^\\]]+)]\\((https?://[^)\\s]+)\\)");
  private static final Pattern STRONG = Pattern.compile("\\*\\*(?=\\S)(.+?)(?<=\\S)\\*\\*");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /** Stands for a line break while white space is folded; a character that no text holds. */
  private static final String BREAK = "\uE000";

  private PlainText() {}

  static String of(Part.Text text) {
    return switch (text.format()) {
      case PLAIN -> text.text();
      case MARKDOWN -> ofMarkdown(text.text());
      case HTML -> ofHtml(text.text());
    };
  }

  private static String ofMarkdown(String markdown) {
    String linked = LINK.matcher(markdown).replaceAll("$1 ($2)");
    String weak = STRONG.matcher(linked).replaceAll("$1");
    return CODE.matcher(weak).replaceAll("$1");
  }

  private static String ofHtml(String html) {
    var body = Jsoup.parseBodyFragment(html).body();
    for (Element link : body.select("a[href]")) {
      if (!link.text().equals(link.attr("href"))) {
        link.appendText(" (" + link.attr("href") + ")");
      }
    }
    body.select("br").forEach(br -> br.after(BREAK));
    body.select("p, div, li, h1, h2, h3").forEach(block -> block.append(BREAK));
    return body.text().replace(BREAK, "\n").replaceAll("[ \\t]*\\n[ \\t]*", "\n").strip();
  }
}
