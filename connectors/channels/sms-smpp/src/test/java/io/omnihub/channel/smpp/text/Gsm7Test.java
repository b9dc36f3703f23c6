package io.omnihub.channel.smpp.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Gsm7Test {

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "@ 00", "£ 01", "$ 02", "Ç 09", "Δ 10", "_ 11", "Φ 12", "Σ 18", "Æ 1c", "ß 1e", "¤ 24",
        "¡ 40", "A 41", "Z 5a", "Ä 5b", "§ 5f", "¿ 60", "z 7a", "à 7f", "^ 1b14", "{ 1b28",
        "} 1b29", "\\ 1b2f", "[ 1b3c", "~ 1b3d", "] 1b3e", "| 1b40", "€ 1b65"
      })
  void charactersGoBothWays(String text, String hex) {
    assertThat(Gsm7.encode(text).map(HexFormat.of()::formatHex)).contains(hex);
    assertThat(Gsm7.decode(HexFormat.of().parseHex(hex), NationalShift.NONE)).isEqualTo(text);
  }

  @Test
  void everySeptetButTheEscapeGoesBothWays() {
    for (int septet = 0; septet < 128; septet++) {
      if (septet != Gsm7.ESCAPE) {
        byte[] one = {(byte) septet};
        assertThat(Gsm7.encode(Gsm7.decode(one, NationalShift.NONE))).contains(one);
      }
    }
  }

  @Test
  void aFormFeedIsInTheExtension() {
    assertThat(Gsm7.encode("\f").map(HexFormat.of()::formatHex)).contains("1b0a");
  }

  @Test
  void whatIsNotInTheAlphabetIsNotEncoded() {
    assertThat(Gsm7.encode("`")).isEmpty();
    assertThat(Gsm7.encode("ç")).isEmpty();
    assertThat(Gsm7.encode("😀")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1b41,A", "1b1b,' '", "1b,' '", "411b,'A '"})
  void escapesThatMeanNothingAreReadAsTheStandardSays(String hex, String text) {
    assertThat(Gsm7.decode(HexFormat.of().parseHex(hex), NationalShift.NONE)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0,1,1b53,Ş",
    "0,1,1b69,ı",
    "0,2,1b61,á",
    "0,2,1b65,€",
    "0,3,1b7b,ã",
    "0,3,1b3c,[",
    "1,0,07,ı",
    "1,0,40,İ",
    "1,0,04,€",
    "3,0,0b,Ô",
    "3,0,5b,Ã",
    "3,0,60,~",
    "1,1,1b67,ğ"
  })
  void nationalTablesAreReadWhereDeclared(int locking, int single, String hex, String text) {
    NationalShift shift = new NationalShift(locking, single);
    assertThat(shift.known()).isTrue();
    assertThat(Gsm7.decode(HexFormat.of().parseHex(hex), shift)).isEqualTo(text);
  }
}
