package io.omnihub.channel.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.model.Part.Format;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TelegramTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          plain & <simple>            | plain &amp; &lt;simple&gt;
          **bold** and *it* and _em_  | <b>bold</b> and <i>it</i> and <i>em</i>
          __bold__ ~~gone~~           | <b>bold</b> <s>gone</s>
          **bold *both***             | <b>bold *both</b>*
          snake_case_name 2*3*4       | snake_case_name 2*3*4
          `a<b` and `**x**`           | <code>a&lt;b</code> and <code>**x**</code>
          [a & b](https://e.org/?a&b) | <a href="https://e.org/?a&amp;b">a &amp; b</a>
          [x](javascript:alert)       | [x](javascript:alert)
          **open                      | **open
          # Title                     | <b>Title</b>
          - item                      | • item
          """)
  void markdownBecomesTelegramsHtml(String markdown, String html) {
    assertThat(TelegramMarkup.html(markdown, Format.MARKDOWN)).isEqualTo(html);
  }

  @Test
  void fencedCodeAndEscapesAreShownAsWritten() {
    assertThat(TelegramMarkup.html("```java\na < b;\n```", Format.MARKDOWN))
        .isEqualTo("<pre>a &lt; b;\n</pre>");
    assertThat(TelegramMarkup.html("\\*stars\\*", Format.MARKDOWN)).isEqualTo("*stars*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          <strong>b</strong> <em>i</em>           | <b>b</b> <i>i</i>
          <b><i>crossed</b></i>                   | <b><i>crossed</i></b>
          <b>open                                 | <b>open</b>
          </b>closed                              | closed
          a &lt; b &amp;amp; &#128512; &nope;     | a &lt; b &amp;amp; 😀 &amp;nope;
          <script>alert(1)</script>x<!-- y -->    | x
          <a href='https://e.org/?a&b'>x</a>      | <a href="https://e.org/?a&amp;b">x</a>
          <a>x</a><span class="c">y</span>        | xy
          1 < 2 and <unknown/>                    | 1 &lt; 2 and
          """)
  void htmlKeepsWhatTelegramKnows(String given, String html) {
    assertThat(TelegramMarkup.html(given, Format.HTML)).isEqualTo(html);
  }

  @Test
  void blocksBecomeLines() {
    assertThat(TelegramMarkup.html("<p>a</p><p>b<br>c</p><ul><li>d</li></ul>", Format.HTML))
        .isEqualTo("a\nb\nc\n• d");
  }

  @Test
  void plainIsWhatIsRead() {
    assertThat(TelegramMarkup.plain("<b>a &lt; b</b> <a href=\"x\">c</a> &amp;lt;"))
        .isEqualTo("a < b c &lt;");
  }

  @Test
  void longTextsAreCutAtLinesThenWords() {
    assertThat(TextSplitter.plain("first\nsecond", 8)).containsExactly("first\n", "second");
    assertThat(TextSplitter.plain("first second", 8)).containsExactly("first ", "second");
    assertThat(TextSplitter.plain("short", 8)).containsExactly("short");
    assertThat(TextSplitter.plain(" \n ", 8)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"😀", "👨‍👩‍👧‍👦", "é", "🇩🇪", "x"})
  void noCharacterIsCutInTwo(String character) {
    String text = character.repeat(40);
    List<String> pieces = TextSplitter.plain(text, 25);
    assertThat(String.join("", pieces)).isEqualTo(text);
    assertThat(pieces)
        .allSatisfy(
            piece -> {
              assertThat(piece.length()).isLessThanOrEqualTo(25);
              assertThat(piece.replace(character, "")).isEmpty();
            });
  }

  @Test
  void aCharacterLongerThanAMessageIsCutBetweenSurrogates() {
    String endless = "😀" + "\u200d😀".repeat(30);
    List<String> pieces = TextSplitter.plain(endless, 20);
    assertThat(String.join("", pieces)).isEqualTo(endless);
    assertThat(pieces)
        .allSatisfy(
            piece -> {
              assertThat(piece.length()).isLessThanOrEqualTo(20);
              assertThat(Character.isLowSurrogate(piece.charAt(0))).isFalse();
            });
  }

  @Test
  void tagsAreClosedAtACutAndOpenedAgain() {
    String html = TelegramMarkup.html("**aaaa [bbbb cccc](https://e.org) dd**", Format.MARKDOWN);
    assertThat(TextSplitter.html(html, 10))
        .containsExactly(
            "<b>aaaa <a href=\"https://e.org\">bbbb </a></b>",
            "<b><a href=\"https://e.org\">cccc</a> dd</b>");
  }

  @Test
  void entitiesCountAsOneAndAreNotCut() {
    List<String> pieces = TextSplitter.html(TelegramMarkup.escape("<".repeat(25)), 10);
    assertThat(pieces).containsExactly("&lt;".repeat(10), "&lt;".repeat(10), "&lt;".repeat(5));
  }
}
