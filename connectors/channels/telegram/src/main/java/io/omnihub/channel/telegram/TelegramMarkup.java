package io.omnihub.channel.telegram;

import io.omnihub.api.model.Part;
import java.util.Map;

/** Texts as the HTML that Telegram understands: few tags, all closed, everything else escaped. */
final class TelegramMarkup {
  private static final Map<String, String> ENTITIES =
      Map.of("lt", "<", "gt", ">", "amp", "&", "quot", "\"", "apos", "'", "nbsp", "\u00a0");

  private TelegramMarkup() {}

  static String html(String text, Part.Format format) {
    return switch (format) {
      case PLAIN -> escape(text);
      case MARKDOWN -> MarkdownText.html(text);
      case HTML -> HtmlText.html(text);
    };
  }

  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  static String escapeAttribute(String text) {
    return escape(text).replace("\"", "&quot;");
  }

  /** What is read, without markup; takes what {@link #html} makes. */
  static String plain(String html) {
    return unescape(html.replaceAll("<[^>]*>", ""));
  }

  /** The characters behind entities; an unknown one stays as it is written. */
  static String unescape(String html) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < html.length()) {
      int end = html.charAt(at) == '&' ? html.indexOf(';', at) : -1;
      String character = end > at && end - at <= 10 ? character(html.substring(at + 1, end)) : "";
      text.append(character.isEmpty() ? html.substring(at, at + 1) : character);
      at = character.isEmpty() ? at + 1 : end + 1;
    }
    return text.toString();
  }

  private static String character(String name) {
    if (ENTITIES.containsKey(name)) {
      return ENTITIES.get(name);
    }
    int point =
        name.matches("#\\d{1,7}")
            ? Integer.parseInt(name.substring(1))
            : name.matches("#[xX][0-9A-Fa-f]{1,6}") ? Integer.parseInt(name.substring(2), 16) : 0;
    boolean character =
        Character.isValidCodePoint(point) && Character.getType(point) != Character.SURROGATE;
    return point > 0 && character ? Character.toString(point) : "";
  }
}
