package io.omnihub.channel.smpp.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserDataHeaderTest {

  @Test
  void referencesOf8And16BitsAreRead() {
    assertThat(parse("050003cc0302ff").part())
        .isEqualTo(new UserDataHeader.Part(false, 0xcc, 3, 2));
    assertThat(parse("060804beef0201ff").part())
        .isEqualTo(new UserDataHeader.Part(true, 0xbeef, 2, 1));
  }

  @Test
  void severalElementsAreRead() {
    UserDataHeader header = parse("0b000301020124010125010141");
    assertThat(header.part()).isEqualTo(new UserDataHeader.Part(false, 1, 2, 1));
    assertThat(header.shift()).isEqualTo(new NationalShift(1, 1));
    assertThat(header.rest(HexFormat.of().parseHex("0b000301020124010125010141")))
        .isEqualTo(new byte[] {0x41});
  }

  @Test
  void portsAreForApplications() {
    assertThat(parse("06050423f423f400").toPort()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "05", "ff0003010201", "050009010201", "00", "0100"})
  void whatIsNoHeaderIsNoPart(String hex) {
    assertThat(parse(hex).part().oneOfSeveral()).isFalse();
  }

  private static UserDataHeader parse(String hex) {
    return UserDataHeader.parse(HexFormat.of().parseHex(hex));
  }
}
