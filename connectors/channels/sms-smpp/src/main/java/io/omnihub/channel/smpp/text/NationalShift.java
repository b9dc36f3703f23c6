package io.omnihub.channel.smpp.text;

import java.util.HashMap;
import java.util.Map;

/**
 * The national tables that a message declares in its header (3GPP TS 23.038, annex A). Known are
 * Turkish (1), Spanish (2) and Portuguese (3); 0 is none.
 *
 * @param locking language of the table that takes the place of the default one
 * @param single language of the table behind the escape
 */
public record NationalShift(int locking, int single) {
  public static final NationalShift NONE = new NationalShift(0, 0);

  private static final int TURKISH = 1;
  private static final int SPANISH = 2;
  private static final int PORTUGUESE = 3;

  private static final String TURKISH_TABLE =
      "@£$¥€éùıòÇ\nĞğ\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\uFFFFŞşßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
          + "İABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§çabcdefghijklmnopqrstuvwxyzäöñüà";

  private static final String PORTUGUESE_TABLE =
      "@£$¥êéúíóç\nÔô\rÁáΔ_ªÇÀ∞^\\€Ó|\uFFFFÂâÊÉ !\"#º%&'()*+,-./0123456789:;<=>?"
          + "ÍABCDEFGHIJKLMNOPQRSTUVWXYZÃÕÚÜ§~abcdefghijklmnopqrstuvwxyzãõ`üà";

  private static final Map<Integer, Character> TURKISH_SHIFT =
      with("GĞIİSŞcçgğiısş", Gsm7.EXTENSION);

  private static final Map<Integer, Character> SPANISH_SHIFT =
      with("\tçAÁIÍOÓUÚaáiíoóuú", Gsm7.EXTENSION);

  private static final Map<Integer, Character> PORTUGUESE_SHIFT =
      with(
          "\u0005ê\tç\u000BÔ\fô\u000EÁ\u000Fá\u0012Φ\u0013Γ\u0015Ω\u0016Π\u0017Ψ\u0018Σ\u0019Θ\u001FÊAÀIÍOÓUÚ[Ã\\ÕaÂiíoóuú{ã|õ\u007Fâ",
          Gsm7.EXTENSION);

  /** Whether both tables are known here; otherwise the text cannot be read. */
  public boolean known() {
    return locking >= 0
        && locking <= PORTUGUESE
        && locking != SPANISH
        && single >= 0
        && single <= PORTUGUESE;
  }

  String lockingTable() {
    return switch (locking) {
      case TURKISH -> TURKISH_TABLE;
      case PORTUGUESE -> PORTUGUESE_TABLE;
      default -> Gsm7.DEFAULT;
    };
  }

  Map<Integer, Character> singleTable() {
    return switch (single) {
      case TURKISH -> TURKISH_SHIFT;
      case SPANISH -> SPANISH_SHIFT;
      case PORTUGUESE -> PORTUGUESE_SHIFT;
      default -> Gsm7.EXTENSION;
    };
  }

  /** Pairs of the septet, written as the character with that code, and what it stands for. */
  private static Map<Integer, Character> with(String pairs, Map<Integer, Character> base) {
    Map<Integer, Character> table = new HashMap<>(base);
    for (int i = 0; i < pairs.length(); i += 2) {
      table.put((int) pairs.charAt(i), pairs.charAt(i + 1));
    }
    return Map.copyOf(table);
  }
}
