package io.omnihub.channel.telegram;

import static io.omnihub.channel.telegram.TelegramMarkup.escape;
import static io.omnihub.channel.telegram.TelegramMarkup.escapeAttribute;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The common part of Markdown as Telegram's HTML; what is no markup is shown as written. */
final class MarkdownText {
  private static final Pattern CODE =
      Pattern.compile("```(?:[\\w+-]*\\n)?([\\s\\S]*?)```|`([^`\\n]+)`");

  private static final Pattern STYLE =
      Pattern.compile(
          "\\[(?<label>[^\\]\\n]+)\\]\\((?<url>(?:https?|mailto|tg|tel):[^\\s()]+)\\)"
              + "|\\*\\*(?=\\S)(?<bold>.+?)(?<=\\S)\\*\\*"
              + "|__(?=\\S)(?<strong>.+?)(?<=\\S)__"
              + "|~~(?=\\S)(?<struck>.+?)(?<=\\S)~~"
              + "|(?<![*\\w])\\*(?=\\S)(?<italic>[^*\\n]+?)(?<=\\S)\\*(?![*\\w])"
              + "|(?<![_\\w])_(?=\\S)(?<emphasis>[^_\\n]+?)(?<=\\S)_(?![_\\w])"
              + "|\\\\(?<escaped>[\\\\`*_~\\[\\]()#>+.!-])");

  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6}[ \t]+(.+?)[ \t#]*$");
  private static final Pattern BULLET = Pattern.compile("(?m)^([ \t]*)[-*+][ \t]+(?=\\S)");
  private static final int DEEPEST = 6;

  private MarkdownText() {}

  static String html(String markdown) {
    StringBuilder html = new StringBuilder();
    Matcher code = CODE.matcher(markdown);
    int last = 0;
    while (code.find()) {
      html.append(lines(markdown.substring(last, code.start())));
      html.append(
          code.group(1) != null
              ? "<pre>" + escape(code.group(1)) + "</pre>"
              : "<code>" + escape(code.group(2)) + "</code>");
      last = code.end();
    }
    return html.append(lines(markdown.substring(last))).toString();
  }

  private static String lines(String markdown) {
    String headed =
        HEADING
            .matcher(markdown)
            .replaceAll(
                heading ->
                    Matcher.quoteReplacement(
                        "**" + heading.group(1).replace("**", "").replace("__", "") + "**"));
    return styled(BULLET.matcher(headed).replaceAll("$1• "), 0);
  }

  private static String styled(String markdown, int depth) {
    if (depth > DEEPEST) {
      return escape(markdown);
    }
    StringBuilder html = new StringBuilder();
    Matcher style = STYLE.matcher(markdown);
    int last = 0;
    while (style.find()) {
      html.append(escape(markdown.substring(last, style.start()))).append(styled(style, depth));
      last = style.end();
    }
    return html.append(escape(markdown.substring(last))).toString();
  }

  private static String styled(Matcher style, int depth) {
    if (style.group("escaped") != null) {
      return escape(style.group("escaped"));
    }
    if (style.group("url") != null) {
      String label = styled(style.group("label"), depth + 1);
      return "<a href=\"" + escapeAttribute(style.group("url")) + "\">" + label + "</a>";
    }
    if (style.group("struck") != null) {
      return "<s>" + styled(style.group("struck"), depth + 1) + "</s>";
    }
    String bold = style.group("bold") != null ? style.group("bold") : style.group("strong");
    if (bold != null) {
      return "<b>" + styled(bold, depth + 1) + "</b>";
    }
    String italic = style.group("italic") != null ? style.group("italic") : style.group("emphasis");
    return "<i>" + styled(italic, depth + 1) + "</i>";
  }
}
