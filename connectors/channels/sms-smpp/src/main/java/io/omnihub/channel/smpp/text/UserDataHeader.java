package io.omnihub.channel.smpp.text;

import java.util.Arrays;

/**
 * What a user data header says (3GPP TS 23.040, section 9.2.3.24).
 *
 * @param length in octets, with the octet that tells it
 * @param part which part of a longer message this is; {@link Part#WHOLE} when it is none
 * @param toPort whether it is meant for an application rather than for a person
 */
public record UserDataHeader(int length, Part part, NationalShift shift, boolean toPort) {
  public static final UserDataHeader NONE =
      new UserDataHeader(0, Part.WHOLE, NationalShift.NONE, false);

  /**
   * The place of a part.
   *
   * @param wide whether the reference has 16 bits
   * @param number 1 for the first
   */
  public record Part(boolean wide, int reference, int total, int number) {
    public static final Part WHOLE = new Part(false, 0, 1, 1);

    /** Whether it is one of several and its number is one of theirs. */
    public boolean oneOfSeveral() {
      return total > 1 && number >= 1 && number <= total;
    }
  }

  /** Reads it from the beginning of a content; what is no header is none. */
  public static UserDataHeader parse(byte[] content) {
    int length = content.length == 0 ? 0 : 1 + (content[0] & 0xff);
    if (length == 0 || length > content.length) {
      return NONE;
    }
    Part part = Part.WHOLE;
    int locking = 0;
    int single = 0;
    boolean toPort = false;
    int at = 1;
    while (at + 2 <= length && at + 2 + (content[at + 1] & 0xff) <= length) {
      int id = content[at] & 0xff;
      int[] value = octets(content, at + 2, content[at + 1] & 0xff);
      at += 2 + value.length;
      if (id == 0x00 && value.length == 3) {
        part = new Part(false, value[0], value[1], value[2]);
      } else if (id == 0x08 && value.length == 4) {
        part = new Part(true, value[0] << 8 | value[1], value[2], value[3]);
      } else if (id == 0x04 || id == 0x05) {
        toPort = true;
      } else if (id == 0x24 && value.length == 1) {
        single = value[0];
      } else if (id == 0x25 && value.length == 1) {
        locking = value[0];
      }
    }
    return new UserDataHeader(length, part, new NationalShift(locking, single), toPort);
  }

  /** The header of one part of a longer message. */
  static byte[] of(Part part) {
    return part.wide()
        ? bytes(6, 8, 4, part.reference() >> 8, part.reference(), part.total(), part.number())
        : bytes(5, 0, 3, part.reference(), part.total(), part.number());
  }

  /** What follows the header. */
  public byte[] rest(byte[] content) {
    return Arrays.copyOfRange(content, length, content.length);
  }

  private static int[] octets(byte[] content, int from, int count) {
    int[] octets = new int[count];
    for (int i = 0; i < count; i++) {
      octets[i] = content[from + i] & 0xff;
    }
    return octets;
  }

  private static byte[] bytes(int... octets) {
    byte[] bytes = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      bytes[i] = (byte) octets[i];
    }
    return bytes;
  }
}
