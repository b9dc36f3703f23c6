package io.omnihub.testkit.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks texts and keyboards as the real API does. */
final class SentMarkup {
  private static final Set<String> TAGS =
      Set.of(
          "b",
          "strong",
          "i",
          "em",
          "u",
          "ins",
          "s",
          "strike",
          "del",
          "tg-spoiler",
          "span",
          "a",
          "code",
          "pre",
          "blockquote",
          "tg-emoji");

  private static final Pattern TAG = Pattern.compile("<(/?)([a-zA-Z-]+)([^<>]*)>");
  private static final int MAX_CALLBACK_BYTES = 64;

  private SentMarkup() {}

  /** The text as it is shown. */
  static String shown(String text, String parseMode) {
    return parseMode.equalsIgnoreCase("HTML") ? plain(text) : text;
  }

  static void checkKeyboard(JsonNode markup) {
    for (JsonNode row : markup.path("inline_keyboard")) {
      for (JsonNode button : row) {
        checkButton(button);
      }
    }
  }

  private static void checkButton(JsonNode button) {
    if (button.path("text").asText("").isBlank()) {
      throw BotRefusal.badRequest("text buttons are unallowed in the inline keyboard");
    }
    if (button.has("url") == button.has("callback_data")) {
      throw BotRefusal.badRequest("inline keyboard button has no type");
    }
    int bytes = button.path("callback_data").asText("").getBytes(StandardCharsets.UTF_8).length;
    if (button.has("callback_data") && (bytes == 0 || bytes > MAX_CALLBACK_BYTES)) {
      throw BotRefusal.badRequest("BUTTON_DATA_INVALID");
    }
  }

  private static String plain(String html) {
    StringBuilder shown = new StringBuilder();
    Deque<String> open = new ArrayDeque<>();
    Matcher tag = TAG.matcher(html);
    int last = 0;
    while (tag.find()) {
      shown.append(unescape(html.substring(last, tag.start())));
      last = tag.end();
      follow(open, tag.group(1).isEmpty(), tag.group(2));
    }
    shown.append(unescape(html.substring(last)));
    if (!open.isEmpty()) {
      throw BotRefusal.badRequest(
          "can't parse entities: Can't find end tag corresponding to start tag \""
              + open.peek()
              + "\"");
    }
    return shown.toString();
  }

  private static void follow(Deque<String> open, boolean start, String name) {
    if (!TAGS.contains(name)) {
      throw BotRefusal.badRequest(
          "can't parse entities: Unsupported start tag \"" + name + "\" at byte offset 0");
    }
    if (start) {
      open.push(name);
    } else if (open.isEmpty() || !open.pop().equals(name)) {
      throw BotRefusal.badRequest("can't parse entities: Unexpected end tag at byte offset 0");
    }
  }

  private static String unescape(String text) {
    if (text.contains("<")) {
      throw BotRefusal.badRequest("can't parse entities: Unsupported start tag at byte offset 0");
    }
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
  }
}
