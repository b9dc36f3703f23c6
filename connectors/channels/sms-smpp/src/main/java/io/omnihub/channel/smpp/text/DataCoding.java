package io.omnihub.channel.smpp.text;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What {@code data_coding} means (SMPP 3.4, section 5.2.19, and 3GPP TS 23.038, section 4). */
public final class DataCoding {
  /** The message centre's own alphabet. */
  public static final int DEFAULT = 0x00;

  public static final int UCS2 = 0x08;

  private DataCoding() {}

  /** What a message centre means by its own alphabet. */
  public enum DefaultAlphabet {
    GSM,
    LATIN_1
  }

  /** The kinds of content. */
  private enum Kind {
    OWN,
    GSM,
    BINARY,
    UCS2
  }

  /** The text; empty when it is binary or in a national table that is not known. */
  public static Optional<String> decode(
      int dataCoding, byte[] bytes, DefaultAlphabet alphabet, NationalShift shift) {
    Optional<Charset> charset = charset(dataCoding);
    if (charset.isPresent()) {
      return Optional.of(clean(new String(bytes, charset.get())));
    }
    return switch (kind(dataCoding)) {
      case BINARY -> Optional.empty();
      case UCS2 -> Optional.of(clean(new String(bytes, StandardCharsets.UTF_16BE)));
      case GSM -> gsm(bytes, shift);
      case OWN ->
          alphabet == DefaultAlphabet.GSM
              ? gsm(bytes, shift)
              : Optional.of(clean(new String(bytes, StandardCharsets.ISO_8859_1)));
    };
  }

  private static Optional<String> gsm(byte[] bytes, NationalShift shift) {
    return shift.known() ? Optional.of(Gsm7.decode(bytes, shift)) : Optional.empty();
  }

  private static Optional<Charset> charset(int dataCoding) {
    return switch (dataCoding) {
      case 0x01 -> Optional.of(StandardCharsets.US_ASCII);
      case 0x03 -> Optional.of(StandardCharsets.ISO_8859_1);
      case 0x05 -> named("Shift_JIS");
      case 0x06 -> named("ISO-8859-5");
      case 0x07 -> named("ISO-8859-8");
      case 0x0A -> named("ISO-2022-JP");
      case 0x0D -> named("EUC-JP");
      case 0x0E -> named("EUC-KR");
      default -> Optional.empty();
    };
  }

  private static Optional<Charset> named(String name) {
    return Charset.isSupported(name) ? Optional.of(Charset.forName(name)) : Optional.empty();
  }

  /** Groups of GSM: general with or without class, waiting messages, and data with a class. */
  private static Kind kind(int dataCoding) {
    int group = dataCoding >> 4;
    if (dataCoding == 0x02 || dataCoding == 0x04) {
      return Kind.BINARY;
    }
    if (group <= 0x07) {
      return switch (dataCoding >> 2 & 0x03) {
        case 1 -> Kind.BINARY;
        case 2 -> Kind.UCS2;
        default -> dataCoding == DEFAULT ? Kind.OWN : Kind.GSM;
      };
    }
    return switch (group) {
      case 0x0E -> Kind.UCS2;
      case 0x0F -> (dataCoding & 0x04) == 0 ? Kind.GSM : Kind.BINARY;
      case 0x0C, 0x0D -> Kind.GSM;
      default -> Kind.OWN;
    };
  }

  /** No database keeps a NUL in a text. */
  private static String clean(String text) {
    return text.replace('\0', '\uFFFD');
  }
}
