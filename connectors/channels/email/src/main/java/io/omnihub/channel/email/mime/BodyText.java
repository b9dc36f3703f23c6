package io.omnihub.channel.email.mime;

import io.omnihub.channel.email.mime.QuoteSplitter.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * The words of a mail.
 *
 * @param fresh what its sender wrote now
 * @param quoted what was quoted, empty when nothing was
 * @param html the whole as safe HTML, empty when the mail had none
 */
record BodyText(String fresh, String quoted, String html) {
  private static final int LONGEST = 500_000;

  static BodyText of(List<MailBody.Section> sections, String subject, Map<String, String> urls) {
    List<String> fresh = new ArrayList<>();
    List<String> quoted = new ArrayList<>();
    StringBuilder html = new StringBuilder();
    boolean anyHtml = sections.stream().anyMatch(section -> section.html() != null);
    for (MailBody.Section section : sections) {
      Split split = split(section, subject);
      add(fresh, split.fresh());
      add(quoted, split.quoted());
      if (anyHtml) {
        html.append(html(section, urls));
      }
    }
    String cleanHtml = html.length() > LONGEST ? "" : html.toString();
    return new BodyText(join(fresh), join(quoted), cleanHtml);
  }

  /** The forms of a section that are longer than a message may be: they are kept as files too. */
  static List<Entity> tooLong(MailBody.Section section) {
    return Stream.of(section.plain(), section.html())
        .filter(Objects::nonNull)
        .filter(part -> part.body().length > LONGEST && part.text().length() > LONGEST)
        .toList();
  }

  private static Split split(MailBody.Section section, String subject) {
    if (section.plain() != null) {
      return QuoteSplitter.split(plainText(section.plain()), subject);
    }
    Document document = Jsoup.parse(limited(section.html().text()));
    String quoted = HtmlQuotes.cut(document, subject);
    Split rest = QuoteSplitter.split(HtmlText.of(document.body()), subject);
    return new Split(rest.fresh(), (rest.quoted() + "\n" + quoted).strip());
  }

  private static String html(MailBody.Section section, Map<String, String> urls) {
    Document document = Document.createShell("");
    if (section.html() != null) {
      document = Jsoup.parse(limited(section.html().text()));
    } else {
      document.body().appendChild(new Element("pre").text(plainText(section.plain())));
    }
    return HtmlCleaner.clean(document, urls);
  }

  private static String plainText(Entity entity) {
    String text = limited(entity.text());
    Headers.Value type = entity.type();
    return type.parameter("format").equalsIgnoreCase("flowed")
        ? unflowed(text, type.parameter("delsp").equalsIgnoreCase("yes"))
        : text;
  }

  private static String limited(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }

  private static void add(List<String> texts, String text) {
    if (!text.isBlank()) {
      texts.add(text);
    }
  }

  private static String join(List<String> texts) {
    return String.join("\n\n", texts).strip();
  }

  /** Joins the soft lines of {@code format=flowed} (RFC 3676). */
  private static String unflowed(String text, boolean deleteSpace) {
    StringBuilder result = new StringBuilder(text.length());
    int openDepth = -1;
    for (String raw : text.split("\n", -1)) {
      int depth = 0;
      while (depth < raw.length() && raw.charAt(depth) == '>') {
        depth++;
      }
      String line = raw.substring(depth);
      line = line.startsWith(" ") ? line.substring(1) : line;
      boolean continues = openDepth == depth;
      if (!continues) {
        result.append(result.isEmpty() && openDepth < 0 ? "" : "\n");
        result.append(">".repeat(depth)).append(depth > 0 ? " " : "");
      }
      boolean soft = line.endsWith(" ") && !line.equals("-- ");
      result.append(soft && deleteSpace ? line.substring(0, line.length() - 1) : line);
      openDepth = soft ? depth : -2;
    }
    return result.toString();
  }
}
