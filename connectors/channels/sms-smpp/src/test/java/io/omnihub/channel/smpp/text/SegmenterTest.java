package io.omnihub.channel.smpp.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omnihub.channel.smpp.text.DataCoding.DefaultAlphabet;
import java.io.ByteArrayOutputStream;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmenterTest {

  @ParameterizedTest
  @CsvSource({
    "a,160,false,1", "a,161,false,2", "a,306,false,2", "a,307,false,3", "a,305,true,3",
    "€,80,false,1", "€,81,false,2", "€,152,false,2", "€,153,false,3", "你,70,false,1",
    "你,71,false,2", "你,134,false,2", "你,135,false,3", "你,133,true,3", "😀,35,false,1",
    "😀,36,false,2", "😀,66,false,2", "😀,67,false,3"
  })
  void segmentsAreAsManyAsTheLimitsSay(String character, int times, boolean wide, int segments) {
    assertThat(segmenter(wide).cut(character.repeat(times), 7).contents()).hasSize(segments);
  }

  @Test
  void oneSegmentHasNoHeader() {
    Segmenter.Segments cut = segmenter(false).cut("hi", 7);
    assertThat(cut.withHeaders()).isFalse();
    assertThat(cut.contents().getFirst()).isEqualTo(new byte[] {'h', 'i'});
  }

  @Test
  void anEmptyTextIsOneSegment() {
    assertThat(segmenter(false).cut("", 7).contents()).hasSize(1);
  }

  @Test
  void inLatin1TheEuroNeedsUcs2() {
    Segmenter latin = new Segmenter(DefaultAlphabet.LATIN_1, false);
    assertThat(latin.cut("é", 7).contents().getFirst()).isEqualTo(new byte[] {(byte) 0xe9});
    assertThat(latin.cut("€", 7).dataCoding()).isEqualTo(DataCoding.UCS2);
  }

  @Test
  void moreThan255SegmentsAreRefused() {
    assertThatThrownBy(() -> segmenter(false).cut("a".repeat(256 * 153), 7))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theLongestTextFitsWhateverItIs() {
    String worst = "😀".repeat(Segmenter.LONGEST_TEXT / 2);
    assertThat(segmenter(true).cut(worst, 7).contents()).hasSizeLessThanOrEqualTo(255);
  }

  @Property(tries = 300)
  void partsFitAndJoinToTheText(@ForAll("texts") String text, @ForAll boolean wide) {
    Segmenter.Segments cut = segmenter(wide).cut(text, 0x1234);
    boolean ucs2 = cut.dataCoding() == DataCoding.UCS2;
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    int number = 0;
    for (byte[] content : cut.contents()) {
      number++;
      UserDataHeader header =
          cut.withHeaders() ? UserDataHeader.parse(content) : UserDataHeader.NONE;
      byte[] rest = header.rest(content);
      if (cut.withHeaders()) {
        assertThat(header.part())
            .isEqualTo(
                new UserDataHeader.Part(wide, wide ? 0x1234 : 0x34, cut.contents().size(), number));
      }
      assertThat(ucs2 ? content.length : septets(header.length()) + rest.length)
          .isLessThanOrEqualTo(ucs2 ? 140 : 160);
      String piece = decode(cut.dataCoding(), rest);
      assertThat(piece).doesNotContain("\uFFFD");
      joined.writeBytes(rest);
    }
    assertThat(decode(cut.dataCoding(), joined.toByteArray())).isEqualTo(text);
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> gsm =
        Arbitraries.strings()
            .withChars(Gsm7.DEFAULT.replace("\uFFFD", "") + "^{}\\[~]|€")
            .ofMaxLength(900);
    Arbitrary<String> any =
        Arbitraries.of(List.of("a", "é", "€", "你", "😀", "🏳️‍🌈"))
            .list()
            .map(characters -> String.join("", characters));
    return Arbitraries.oneOf(gsm, any);
  }

  private static String decode(int dataCoding, byte[] bytes) {
    return DataCoding.decode(dataCoding, bytes, DefaultAlphabet.GSM, NationalShift.NONE)
        .orElseThrow();
  }

  /** Octets of a header, filled up to septets. */
  private static int septets(int octets) {
    return (octets * 8 + 6) / 7;
  }

  private static Segmenter segmenter(boolean wide) {
    return new Segmenter(DefaultAlphabet.GSM, wide);
  }
}
