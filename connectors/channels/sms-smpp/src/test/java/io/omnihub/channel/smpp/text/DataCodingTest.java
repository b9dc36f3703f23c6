package io.omnihub.channel.smpp.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.channel.smpp.text.DataCoding.DefaultAlphabet;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataCodingTest {

  @ParameterizedTest
  @CsvSource({
    "0x00,GSM,0048,@H", "0x00,LATIN_1,40e9,@é", "0x01,GSM,4041,@A", "0x03,GSM,e9,é",
    "0x08,GSM,d83dde00,😀", "0x08,GSM,4f60597d,你好", "0x06,GSM,b0,А", "0x07,GSM,e0,א",
    "0x05,GSM,82a0,あ", "0x0A,GSM,1b2442242230,", "0x0E,GSM,b0a1,가", "0x10,GSM,00,@",
    "0x18,GSM,0041,A", "0xF0,LATIN_1,00,@", "0xE0,GSM,0041,A", "0xC8,GSM,00,@"
  })
  void textsAreReadInTheirAlphabet(
      String coding, DefaultAlphabet alphabet, String hex, String text) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    String read =
        DataCoding.decode(Integer.decode(coding), bytes, alphabet, NationalShift.NONE)
            .orElseThrow();
    if (text != null) {
      assertThat(read).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0x02, 0x04, 0x14, 0xF4, 0xF5})
  void binaryIsNoText(int coding) {
    assertThat(DataCoding.decode(coding, new byte[] {1}, DefaultAlphabet.GSM, NationalShift.NONE))
        .isEmpty();
  }

  @Test
  void anUnknownNationalTableIsNoText() {
    assertThat(DataCoding.decode(0, new byte[] {65}, DefaultAlphabet.GSM, new NationalShift(6, 6)))
        .isEmpty();
  }

  @Test
  void noTextHoldsANul() {
    assertThat(DataCoding.decode(8, new byte[] {0, 0}, DefaultAlphabet.GSM, NationalShift.NONE))
        .contains("\uFFFD");
  }
}
