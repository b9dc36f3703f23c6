package io.omnihub.core.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class TextSplitterTest {
  private static final String FAMILY = "👨‍👩‍👧‍👦";

  /** Words, sentences and lines of several scripts, emoji sequences, combining marks. */
  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> tokens =
        Arbitraries.of(
            "Hello",
            "world.",
            "a",
            "supercalifragilistic",
            "Was ist das?",
            "你好",
            "世界。",
            "這是一個很長的句子沒有空格",
            "😀",
            FAMILY,
            "🇩🇪",
            "👍🏽",
            "é",
            "नमस्ते",
            "שלום",
            "https://example.com/a?b=c");
    Arbitrary<String> gaps = Arbitraries.of(" ", " ", "", "\n", "\n\n", "  \n ", "\t");
    return tokens
        .list()
        .ofMaxSize(60)
        .flatMap(words -> gaps.list().ofSize(words.size()).map(between -> weave(words, between)));
  }

  private static String weave(List<String> words, List<String> gaps) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words.size(); i++) {
      text.append(words.get(i)).append(gaps.get(i));
    }
    return text.toString();
  }

  @Property(tries = 500)
  void noPieceIsLongerThanTheLimit(
      @ForAll("texts") String text, @ForAll @IntRange(min = 2, max = 200) int limit) {
    assertThat(TextSplitter.split(text, limit))
        .allSatisfy(piece -> assertThat(piece.length()).isLessThanOrEqualTo(limit));
  }

  @Property(tries = 500)
  void noCharacterIsCutInHalf(
      @ForAll("texts") String text, @ForAll @IntRange(min = 2, max = 200) int limit) {
    assertThat(TextSplitter.split(text, limit)).allSatisfy(TextSplitterTest::isWellFormed);
  }

  @Property(tries = 500)
  void nothingButSpaceIsLostAndNothingMoves(
      @ForAll("texts") String text, @ForAll @IntRange(min = 2, max = 200) int limit) {
    assertThat(bare(String.join("", TextSplitter.split(text, limit)))).isEqualTo(bare(text));
  }

  @Property(tries = 300)
  void arbitraryTextIsKeptToo(@ForAll String text, @ForAll @IntRange(min = 2, max = 50) int limit) {
    List<String> pieces = TextSplitter.split(text, limit);
    assertThat(bare(String.join("", pieces))).isEqualTo(bare(text));
    assertThat(pieces).allSatisfy(piece -> assertThat(piece.length()).isLessThanOrEqualTo(limit));
  }

  @Property(tries = 300)
  void wordsThatFitStayWhole(
      @ForAll @IntRange(min = 20, max = 60) int limit, @ForAll("sentences") List<String> words) {
    List<String> split =
        TextSplitter.split(String.join(" ", words), limit).stream()
            .flatMap(piece -> Arrays.stream(piece.split(" ")))
            .toList();
    assertThat(split).isEqualTo(words);
  }

  @Provide
  Arbitrary<List<String>> sentences() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .ofMinLength(1)
        .ofMaxLength(9)
        .list()
        .ofMinSize(1)
        .ofMaxSize(80);
  }

  @Property(tries = 100)
  void aTextWithinTheLimitIsLeftAsItIs(@ForAll("texts") String text) {
    assertThat(TextSplitter.split(text, text.length())).containsExactly(text);
    assertThat(TextSplitter.split(text, 0)).as("no limit").containsExactly(text);
  }

  @Example
  void theBestPlaceIsTaken() {
    Map<String, String> beginnings =
        Map.of(
            "A paragraph here.\n\nAnother\none.", "A paragraph here.",
            "A line of words\nand then one more", "A line of words",
            "One is done. Two is not so", "One is done.",
            "words without any mark at all", "words without any",
            "abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrstu",
            "这是第一句话它很长很长很长。这是第二句话，它比较长一些。", "这是第一句话它很长很长很长。");
    assertThat(beginnings)
        .allSatisfy(
            (text, beginning) -> assertThat(TextSplitter.split(text, 21)).startsWith(beginning));
  }

  @Example
  void aFamilyStaysTogetherWhereItFits() {
    assertThat(TextSplitter.split(FAMILY + FAMILY, FAMILY.length() + 3))
        .containsExactly(FAMILY, FAMILY);
  }

  private static void isWellFormed(String piece) {
    for (int i = 0; i < piece.length(); i++) {
      char unit = piece.charAt(i);
      if (Character.isHighSurrogate(unit)) {
        assertThat(i + 1).isLessThan(piece.length());
        assertThat(Character.isLowSurrogate(piece.charAt(i + 1))).isTrue();
        i++;
      } else {
        assertThat(Character.isLowSurrogate(unit)).isFalse();
      }
    }
  }

  private static String bare(String text) {
    StringBuilder bare = new StringBuilder();
    text.codePoints()
        .filter(point -> !Character.isWhitespace(point))
        .forEach(bare::appendCodePoint);
    return bare.toString();
  }
}
