package io.omnihub.channel.email.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;

/** Separates written from quoted text in HTML, by the marks that mail programs leave in it. */
final class HtmlQuotes {
  /** The element holds the quotation and nothing else. */
  private static final String QUOTATION =
      "div.gmail_quote, div.gmail_quote_container, div.gmail_extra > blockquote, #OLK_SRC_BODY_SECTION,"
          + " .yahoo_quoted, .protonmail_quote, .moz-cite-prefix, blockquote[type=cite],"
          + " blockquote.gmail_quote, #mail-editor-reference-message-container, .tutanota_quote,"
          + " .zmail_extra, div[name=messageReplySection]";

  /** The quotation begins with the element and goes on to the end. */
  private static final String BEGINNING =
      "#divRplyFwdMsg, #appendonsend, hr[data-marker=__DIVIDER__], #isReplyContent, div#reply-intro,"
          + " div.MsoNormal[align=center] > hr";

  private HtmlQuotes() {}

  /** Removes what is quoted from the document and gives its text. */
  static String cut(Document document, String subject) {
    if (QuoteWords.isForwardSubject(subject)) {
      return "";
    }
    Document original = document.clone();
    List<String> quoted = new ArrayList<>();
    document.select(BEGINNING).stream().findFirst().ifPresent(e -> cutFrom(e, quoted));
    for (Element divider : document.select("div[style]")) {
      if (isOutlookDivider(divider) && divider.parent() != null) {
        cutFrom(divider, quoted);
        break;
      }
    }
    for (Element quotation : document.select(QUOTATION)) {
      if (quotation.ownerDocument() != null && !isForwarded(quotation)) {
        take(quotation, quoted);
      }
    }
    if (quoted.isEmpty()) {
      cutLastBlockquote(document, quoted);
    }
    if (!document.body().hasText() && document.select("img").isEmpty()) {
      document.body().replaceWith(original.body());
      return "";
    }
    return String.join("\n", quoted).strip();
  }

  private static boolean isForwarded(Element quotation) {
    return HtmlText.of(quotation)
        .lines()
        .filter(line -> !line.isBlank())
        .limit(2)
        .anyMatch(line -> QuoteWords.isForwardMark(line.strip()));
  }

  private static void cutLastBlockquote(Document document, List<String> quoted) {
    List<Element> outermost =
        document.select("blockquote").stream()
            .filter(quote -> quote.parents().stream().noneMatch(p -> p.nameIs("blockquote")))
            .toList();
    if (!outermost.isEmpty()) {
      Element last = outermost.get(outermost.size() - 1);
      if (!isForwarded(last) && !textFollows(last)) {
        take(last, quoted);
      }
    }
  }

  private static boolean textFollows(Element element) {
    for (Element at = element; at != null && at.parent() != null; at = at.parent()) {
      for (Node next = at.nextSibling(); next != null; next = next.nextSibling()) {
        if (next instanceof Element following ? following.hasText() : !next.outerHtml().isBlank()) {
          return true;
        }
      }
    }
    return false;
  }

  /** Outlook and Windows Mail draw a thin line in a known colour above the copied header. */
  private static boolean isOutlookDivider(Element div) {
    String style = div.attr("style").replace(" ", "").toLowerCase(Locale.ROOT);
    return style.contains("border-top:solid#b5c4df1.0pt")
        || style.contains("border-top:solid#e1e1e11.0pt")
        || style.contains("border-top:1pxsolid#b5c4df")
        || style.contains("border-top-color:rgb(229,229,229)")
        || style.contains("border-top:1ptsolidrgb(225,225,225)")
        || (style.contains("border-style:solidnonenone")
            && style.contains("border-color:rgb(225,225,225)"));
  }

  /** Takes the element and all after it, starting at the outermost box that it begins. */
  private static void cutFrom(Element start, List<String> quoted) {
    Element at = start;
    while (at.parent() != null && !at.parent().nameIs("body") && begins(at)) {
      at = at.parent();
    }
    while (at != null && !at.nameIs("body")) {
      Element parent = at.parent();
      Node next = at.nextSibling();
      take(at, quoted);
      while (next != null) {
        Node following = next.nextSibling();
        if (next instanceof Element element) {
          take(element, quoted);
        } else {
          next.remove();
        }
        next = following;
      }
      at = parent == null ? null : emptyBox(parent);
    }
  }

  /** The parent goes on being cut only while nothing was written in it. */
  private static Element emptyBox(Element parent) {
    return parent.hasText() ? null : parent;
  }

  private static boolean begins(Element element) {
    for (Node before = element.previousSibling();
        before != null;
        before = before.previousSibling()) {
      if (before instanceof Element previous ? previous.hasText() : !before.outerHtml().isBlank()) {
        return false;
      }
    }
    return true;
  }

  private static void take(Element element, List<String> quoted) {
    String text = HtmlText.of(element);
    if (!text.isBlank()) {
      quoted.add(text);
    }
    element.remove();
  }
}
