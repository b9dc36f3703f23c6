package io.omnihub.channel.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.model.Part.Format;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a bot writes, Telegram can read it, and nothing of it is lost by cutting. */
class TelegramTextFuzzTest {
  private static final Pattern TAG = Pattern.compile("<(/?)([a-z]+)[^<>]*>");
  private static final int LIMIT = 30;

  private static final List<String> PIECES =
      List.of(
          "*",
          "**",
          "_",
          "__",
          "~~",
          "`",
          "```",
          "\n",
          " ",
          "[a](https://e.example/?a&b)",
          "\\",
          "<b>",
          "</b>",
          "<i>",
          "</i>",
          "<a href=\"https://e.example\">",
          "</a>",
          "<p>",
          "<br>",
          "<ul><li>",
          "&amp;",
          "&lt;",
          "&",
          "<",
          ">",
          "# ",
          "- ",
          "word",
          "x",
          "😀",
          "👨‍👩‍👧",
          "é",
          "&#128512;",
          "&#0;",
          "<pre>",
          "</pre>",
          "\"");

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void markupIsAlwaysBalancedAndCutsLoseNothing(long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    for (Format format : Format.values()) {
      String html = TelegramMarkup.html(text.toString(), format);
      assertBalanced(html);
      List<String> pieces = TextSplitter.html(html, LIMIT);
      pieces.forEach(TelegramTextFuzzTest::assertBalanced);
      assertThat(pieces)
          .allSatisfy(
              piece -> assertThat(TelegramMarkup.plain(piece).length()).isLessThanOrEqualTo(LIMIT));
      assertThat(visible(String.join("", pieces.stream().map(TelegramMarkup::plain).toList())))
          .isEqualTo(visible(TelegramMarkup.plain(html)));
    }
  }

  /** Pieces of nothing but blanks are left out. */
  private static String visible(String text) {
    return text.replaceAll("\\s+", "");
  }

  private static void assertBalanced(String html) {
    Deque<String> open = new ArrayDeque<>();
    Matcher tag = TAG.matcher(html);
    while (tag.find()) {
      if (tag.group(1).isEmpty()) {
        open.push(tag.group(2));
      } else {
        assertThat(open.pop()).as(html).isEqualTo(tag.group(2));
      }
    }
    assertThat(open).as(html).isEmpty();
    assertThat(html.replaceAll(TAG.pattern(), "")).doesNotContain("<").doesNotContain(">");
  }
}
