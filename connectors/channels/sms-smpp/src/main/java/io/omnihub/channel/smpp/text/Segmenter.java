package io.omnihub.channel.smpp.text;

import io.omnihub.channel.smpp.text.DataCoding.DefaultAlphabet;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into what fits a short message of 140 octets: 160 septets or 70 UCS-2 units; with a
 * header 153 or 67, with a wide reference 152 or 66. Never inside of an escape or a surrogate pair.
 *
 * @param wide whether parts refer to each other by 16 bits rather than 8
 */
public record Segmenter(DefaultAlphabet alphabet, boolean wide) {
  /** A header counts parts in one octet. */
  public static final int MOST_SEGMENTS = 255;

  /** So many UTF-16 units fit into the parts of one message, whatever they are. */
  public static final int LONGEST_TEXT = MOST_SEGMENTS * 65;

  /**
   * A cut text.
   *
   * @param contents one for each segment, each with its header when there are several
   */
  public record Segments(int dataCoding, List<byte[]> contents) {
    public Segments {
      contents = List.copyOf(contents);
    }

    public boolean withHeaders() {
      return contents.size() > 1;
    }
  }

  /**
   * Cuts a text.
   *
   * @param reference what the parts have in common; its lowest 8 or 16 bits count
   * @throws IllegalArgumentException when it takes more than 255 segments
   */
  public Segments cut(String text, int reference) {
    boolean ucs2 = !fitsDefaultAlphabet(text);
    List<String> pieces = pieces(text, ucs2, ucs2 ? 70 : 160);
    if (pieces.size() > 1) {
      pieces = pieces(text, ucs2, ucs2 ? (wide ? 66 : 67) : wide ? 152 : 153);
    }
    if (pieces.size() > MOST_SEGMENTS) {
      throw new IllegalArgumentException(
          "takes " + pieces.size() + " segments, at most " + MOST_SEGMENTS + " are possible");
    }
    List<byte[]> contents = new ArrayList<>();
    for (String piece : pieces) {
      byte[] encoded = encode(piece, ucs2);
      contents.add(
          pieces.size() == 1
              ? encoded
              : join(header(reference, pieces.size(), contents.size() + 1), encoded));
    }
    return new Segments(ucs2 ? DataCoding.UCS2 : DataCoding.DEFAULT, contents);
  }

  /** The text as a whole, for a message centre that cuts it itself. */
  public Segments whole(String text) {
    boolean ucs2 = !fitsDefaultAlphabet(text);
    return new Segments(ucs2 ? DataCoding.UCS2 : DataCoding.DEFAULT, List.of(encode(text, ucs2)));
  }

  private byte[] header(int reference, int total, int number) {
    int kept = reference & (wide ? 0xffff : 0xff);
    return UserDataHeader.of(new UserDataHeader.Part(wide, kept, total, number));
  }

  private boolean fitsDefaultAlphabet(String text) {
    return text.chars().allMatch(c -> Gsm7.septets((char) c) > 0)
        && (alphabet == DefaultAlphabet.GSM
            || StandardCharsets.ISO_8859_1.newEncoder().canEncode(text));
  }

  private static List<String> pieces(String text, boolean ucs2, int limit) {
    List<String> pieces = new ArrayList<>();
    int from = 0;
    int used = 0;
    for (int at = 0; at < text.length(); ) {
      int units = Character.charCount(text.codePointAt(at));
      int cost = ucs2 ? units : Gsm7.septets(text.charAt(at));
      if (used + cost > limit) {
        pieces.add(text.substring(from, at));
        from = at;
        used = 0;
      }
      used += cost;
      at += units;
    }
    pieces.add(text.substring(from));
    return pieces;
  }

  /** The message centre turns Latin-1 into septets itself, so the limits are those of septets. */
  private byte[] encode(String piece, boolean ucs2) {
    if (ucs2) {
      return piece.getBytes(StandardCharsets.UTF_16BE);
    }
    return alphabet == DefaultAlphabet.LATIN_1
        ? piece.getBytes(StandardCharsets.ISO_8859_1)
        : Gsm7.encode(piece).orElseThrow();
  }

  private static byte[] join(byte[] header, byte[] text) {
    ByteArrayOutputStream both = new ByteArrayOutputStream(header.length + text.length);
    both.writeBytes(header);
    both.writeBytes(text);
    return both.toByteArray();
  }
}
