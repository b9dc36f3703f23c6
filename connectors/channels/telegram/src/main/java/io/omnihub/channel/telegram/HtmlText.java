package io.omnihub.channel.telegram;

import static io.omnihub.channel.telegram.TelegramMarkup.escape;
import static io.omnihub.channel.telegram.TelegramMarkup.escapeAttribute;
import static io.omnihub.channel.telegram.TelegramMarkup.unescape;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Any HTML as Telegram's: known tags stay and are closed, blocks become lines, the rest goes. */
final class HtmlText {
  /** See https://core.telegram.org/bots/api#html-style. */
  private static final Map<String, String> STYLES =
      Map.ofEntries(
          Map.entry("b", "b"),
          Map.entry("strong", "b"),
          Map.entry("i", "i"),
          Map.entry("em", "i"),
          Map.entry("u", "u"),
          Map.entry("ins", "u"),
          Map.entry("s", "s"),
          Map.entry("del", "s"),
          Map.entry("strike", "s"),
          Map.entry("code", "code"),
          Map.entry("pre", "pre"),
          Map.entry("blockquote", "blockquote"));

  private static final Set<String> BLOCKS =
      Set.of("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "tr", "table", "hr");

  private static final Pattern UNSEEN =
      Pattern.compile("(?is)<!--.*?-->|<(script|style|head)\\b.*?</\\1\\s*>");
  private static final Pattern TAG =
      Pattern.compile("<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\\s[^<>]*)?)/?>");
  private static final Pattern HREF =
      Pattern.compile("(?i)href\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')");

  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  private HtmlText() {}

  static String html(String html) {
    return new HtmlText().read(UNSEEN.matcher(html).replaceAll(""));
  }

  private String read(String html) {
    Matcher tag = TAG.matcher(html);
    int last = 0;
    while (tag.find()) {
      out.append(escape(unescape(html.substring(last, tag.start()))));
      last = tag.end();
      String name = tag.group(2).toLowerCase(Locale.ROOT);
      if (tag.group(1).isEmpty()) {
        start(name, tag.group(3));
      } else {
        end(name);
      }
    }
    out.append(escape(unescape(html.substring(last))));
    while (!open.isEmpty()) {
      close(open.peek());
    }
    return out.toString().replaceAll("\n{3,}", "\n\n").strip();
  }

  private void start(String name, String attributes) {
    Matcher href = HREF.matcher(attributes);
    if (name.equals("a") && href.find() && !open.contains("a")) {
      String url = unescape(href.group(1) != null ? href.group(1) : href.group(2));
      out.append("<a href=\"").append(escapeAttribute(url)).append("\">");
      open.push("a");
    } else if (STYLES.containsKey(name)) {
      out.append('<').append(STYLES.get(name)).append('>');
      open.push(STYLES.get(name));
    } else if (name.equals("li")) {
      line();
      out.append("• ");
    } else if (name.equals("br")) {
      out.append('\n');
    } else if (BLOCKS.contains(name)) {
      line();
    }
  }

  private void end(String name) {
    String style = name.equals("a") ? "a" : STYLES.getOrDefault(name, "");
    if (open.contains(style)) {
      close(style);
    } else if (BLOCKS.contains(name)) {
      line();
    }
  }

  /** Closes a tag and what was opened inside of it. */
  private void close(String style) {
    String closed;
    do {
      closed = open.pop();
      out.append("</").append(closed).append('>');
    } while (!closed.equals(style));
  }

  private void line() {
    if (!out.isEmpty() && out.charAt(out.length() - 1) != '\n') {
      out.append('\n');
    }
  }
}
