package io.omnihub.channel.email.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Undoes the transfer encoding of a part; what is broken in it is skipped, never refused. */
final class TransferDecoding {
  private static final byte[] SIXTETS = new byte[128];

  static {
    Arrays.fill(SIXTETS, (byte) -1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < alphabet.length(); i++) {
      SIXTETS[alphabet.charAt(i)] = (byte) i;
    }
  }

  private TransferDecoding() {}

  static byte[] decode(byte[] bytes, String encoding) {
    return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
      case "base64" -> base64(bytes);
      case "quoted-printable" -> quotedPrintable(bytes, true);
      case "x-uuencode", "x-uue", "uuencode" -> uu(bytes);
      default -> bytes;
    };
  }

  static byte[] base64(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length * 3 / 4 + 3);
    int buffer = 0;
    int bits = 0;
    for (byte value : bytes) {
      int sixtet = value < 0 ? -1 : SIXTETS[value];
      if (sixtet >= 0) {
        buffer = (buffer << 6 | sixtet) & 0xffff;
        bits += 6;
        if (bits >= 8) {
          bits -= 8;
          out.write(buffer >> bits);
        }
      } else if (value == '=') {
        bits = 0;
      }
    }
    return out.toByteArray();
  }

  /**
   * @param body whether line ends are those of a body, where trailing blanks are not data
   */
  static byte[] quotedPrintable(byte[] bytes, boolean body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != '=') {
        out.write(bytes[i]);
        continue;
      }
      int lineEnd = body ? softBreakEnd(bytes, i + 1) : -1;
      if (lineEnd >= 0) {
        i = lineEnd - 1;
      } else if (i + 2 < bytes.length && hex(bytes[i + 1]) >= 0 && hex(bytes[i + 2]) >= 0) {
        out.write(hex(bytes[i + 1]) << 4 | hex(bytes[i + 2]));
        i += 2;
      } else {
        out.write('=');
      }
    }
    return out.toByteArray();
  }

  /** Where the line after a soft break begins, or -1 when there is no line end. */
  private static int softBreakEnd(byte[] bytes, int from) {
    int i = from;
    while (i < bytes.length && (bytes[i] == ' ' || bytes[i] == '\t')) {
      i++;
    }
    if (i >= bytes.length) {
      return i;
    }
    if (bytes[i] == '\r') {
      return i + 1 < bytes.length && bytes[i + 1] == '\n' ? i + 2 : i + 1;
    }
    return bytes[i] == '\n' ? i + 1 : -1;
  }

  private static int hex(byte value) {
    return value < 0 ? -1 : Character.digit((char) value, 16);
  }

  private static byte[] uu(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length * 3 / 4);
    boolean inside = false;
    for (String line : new String(bytes, StandardCharsets.ISO_8859_1).split("\r\n|\r|\n")) {
      if (inside && line.equals("end")) {
        break;
      }
      if (inside && !line.isEmpty()) {
        uuLine(line, out);
      }
      inside |= line.startsWith("begin ");
    }
    return out.toByteArray();
  }

  private static void uuLine(String line, ByteArrayOutputStream out) {
    int left = line.charAt(0) - 32 & 63;
    for (int i = 1; i < line.length() && left > 0; i += 4) {
      int group = 0;
      for (int k = 0; k < 4; k++) {
        group = group << 6 | (i + k < line.length() ? line.charAt(i + k) - 32 & 63 : 0);
      }
      for (int shift = 16; shift >= 0 && left > 0; shift -= 8, left--) {
        out.write(group >> shift);
      }
    }
  }
}
