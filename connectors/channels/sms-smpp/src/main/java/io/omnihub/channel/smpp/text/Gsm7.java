package io.omnihub.channel.smpp.text;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The alphabet of <a href="https://www.3gpp.org/dynareport/23038.htm">GSM 03.38 (3GPP TS
 * 23.038)</a>, one septet an octet, as SMPP carries it.
 */
public final class Gsm7 {
  static final int ESCAPE = 0x1B;

  /** The default table; the place of the escape holds a character that no text has. */
  static final String DEFAULT =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\uFFFFÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
          + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

  /** What follows an escape. */
  static final Map<Integer, Character> EXTENSION =
      Map.of(
          0x0A, '\f', 0x14, '^', 0x28, '{', 0x29, '}', 0x2F, '\\', 0x3C, '[', 0x3D, '~', 0x3E, ']',
          0x40, '|', 0x65, '€');

  private static final Map<Character, byte[]> CODES = codes();

  private Gsm7() {}

  /** The text in septets; empty when one of its characters is not in the alphabet. */
  public static Optional<byte[]> encode(CharSequence text) {
    ByteArrayOutputStream septets = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      byte[] code = CODES.get(text.charAt(i));
      if (code == null) {
        return Optional.empty();
      }
      septets.writeBytes(code);
    }
    return Optional.of(septets.toByteArray());
  }

  /** How many septets a character takes, 0 when it is not in the alphabet. */
  static int septets(char character) {
    byte[] code = CODES.get(character);
    return code == null ? 0 : code.length;
  }

  /** Reads septets with the national tables that a header declares. */
  public static String decode(byte[] septets, NationalShift shift) {
    StringBuilder text = new StringBuilder(septets.length);
    for (int i = 0; i < septets.length; i++) {
      int septet = septets[i] & 0x7f;
      if (septet == ESCAPE) {
        i++;
        text.append(i < septets.length ? extended(septets[i] & 0x7f, shift) : ' ');
      } else {
        text.append(shift.lockingTable().charAt(septet));
      }
    }
    return text.toString();
  }

  /** An unknown one is shown as the default table has it (3GPP TS 23.038, section 6.2.1.1). */
  private static char extended(int septet, NationalShift shift) {
    if (septet == ESCAPE) {
      return ' ';
    }
    Character known = shift.singleTable().get(septet);
    return known == null ? shift.lockingTable().charAt(septet) : known;
  }

  private static Map<Character, byte[]> codes() {
    Map<Character, byte[]> codes = new HashMap<>();
    for (int septet = 0; septet < DEFAULT.length(); septet++) {
      if (septet != ESCAPE) {
        codes.put(DEFAULT.charAt(septet), new byte[] {(byte) septet});
      }
    }
    EXTENSION.forEach(
        (septet, character) -> codes.put(character, new byte[] {ESCAPE, (byte) septet.intValue()}));
    return codes;
  }
}
