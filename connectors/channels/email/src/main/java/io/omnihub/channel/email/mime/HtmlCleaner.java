package io.omnihub.channel.email.mime;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/**
 * Makes a mail's HTML safe to show: no scripts, no forms, nothing that loads from elsewhere. A
 * picture stays only when it is an attachment of the same mail.
 */
final class HtmlCleaner {
  private static final String[] ELEMENTS = {
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "blockquote",
    "b",
    "i",
    "u",
    "s",
    "em",
    "strong",
    "small",
    "big",
    "sub",
    "sup",
    "strike",
    "tt",
    "code",
    "pre",
    "br",
    "hr",
    "span",
    "font",
    "center",
    "table",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "td",
    "th",
    "caption",
    "col",
    "colgroup",
    "dl",
    "dt",
    "dd",
    "del",
    "ins",
    "cite",
    "q",
    "abbr",
    "address"
  };

  private HtmlCleaner() {}

  /**
   * The body as safe HTML.
   *
   * @param attachments url of the stored attachment by content id or content location
   */
  static String clean(Document document, Map<String, String> attachments) {
    Document copy = document.clone();
    for (Element image : copy.select("img[src]")) {
      String url = attachments.get(reference(image.attr("src")));
      if (url != null) {
        image.attr("src", url);
      }
    }
    return policy(attachments.values()).sanitize(copy.body().html()).strip();
  }

  private static String reference(String source) {
    String plain = source.strip();
    return plain.regionMatches(true, 0, "cid:", 0, 4) ? plain.substring(4) : plain;
  }

  private static PolicyFactory policy(Collection<String> urls) {
    Set<String> pictures = Set.copyOf(urls);
    return new HtmlPolicyBuilder()
        .allowElements(ELEMENTS)
        .allowElements("a", "img")
        .allowStandardUrlProtocols()
        .allowUrlProtocols("tel")
        .allowAttributes("href", "name", "title")
        .onElements("a")
        .requireRelsOnLinks("noopener", "noreferrer", "nofollow")
        .allowAttributes("src")
        .matching((element, attribute, value) -> pictures.contains(value) ? value : null)
        .onElements("img")
        .allowAttributes("alt", "width", "height")
        .onElements("img")
        .allowAttributes("align", "valign", "bgcolor", "width", "height", "colspan", "rowspan")
        .onElements("table", "tr", "td", "th", "col", "colgroup", "tbody", "thead")
        .allowAttributes("border", "cellpadding", "cellspacing")
        .onElements("table")
        .allowAttributes("color", "face", "size")
        .onElements("font")
        .allowAttributes("dir", "lang")
        .globally()
        .allowStyling()
        .disallowWithoutAttributes("img")
        .toFactory();
  }
}
