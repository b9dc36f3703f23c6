package io.omnihub.channel.email.compose;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;
import org.owasp.html.Sanitizers;

/** HTML of mails that go out: what may be in it, and the same as plain text. */
final class HtmlText {
  private static final PolicyFactory POLICY =
      Sanitizers.FORMATTING
          .and(Sanitizers.BLOCKS)
          .and(Sanitizers.TABLES)
          .and(Sanitizers.LINKS)
          .and(Sanitizers.IMAGES)
          .and(new HtmlPolicyBuilder().allowElements("pre", "code", "hr").toFactory());

  private static final Pattern MANY_LINES = Pattern.compile("\n{3,}");

  private HtmlText() {}

  /** Without scripts, styles, forms and everything else that is not plain mark-up. */
  static String sanitized(String html) {
    return POLICY.sanitize(html);
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** Plain text as HTML: an empty line parts paragraphs. */
  static String paragraphs(String text) {
    return Stream.of(text.strip().split("\\R\\s*\\R"))
        .map(paragraph -> "<p>" + escaped(paragraph).replaceAll("\\R", "<br>\n") + "</p>")
        .collect(Collectors.joining("\n"));
  }

  /** The words of it, a line for each block, addresses of links behind their words. */
  static String toPlain(String html) {
    Element body = Jsoup.parse(html).body();
    StringBuilder plain = new StringBuilder();
    body.traverse(new Plain(plain));
    return MANY_LINES
        .matcher(plain.toString().replaceAll("[ \\t]+\n", "\n"))
        .replaceAll("\n\n")
        .strip();
  }

  private record Plain(StringBuilder out) implements NodeVisitor {
    @Override
    public void head(Node node, int depth) {
      if (node instanceof TextNode text) {
        boolean lineStart = out.isEmpty() || out.charAt(out.length() - 1) == '\n';
        out.append(lineStart ? text.text().stripLeading() : text.text());
      } else if (node.nameIs("li")) {
        line();
        out.append("- ");
      } else if (node.nameIs("br")) {
        out.append('\n');
      } else if (node instanceof Element element && element.isBlock()) {
        line();
      }
    }

    @Override
    public void tail(Node node, int depth) {
      if (!(node instanceof Element element)) {
        return;
      }
      String link = element.nameIs("a") ? element.attr("href") : "";
      if (!link.isEmpty() && !element.text().contains(link)) {
        out.append(" (").append(link).append(')');
      }
      if (element.nameIs("p")) {
        out.append("\n\n");
      } else if (element.isBlock()) {
        line();
      }
    }

    private void line() {
      if (!out.isEmpty() && out.charAt(out.length() - 1) != '\n') {
        out.append('\n');
      }
    }
  }
}
