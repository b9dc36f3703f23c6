package io.omnihub.backend.faq;

import java.text.Normalizer;
import java.util.Locale;

/** Whether somebody asks to speak with a person rather than with a bot. */
final class HumanRequest {
  /** Who wants a person says so in the first sentences. */
  private static final int LOOKED_AT = 1_000;

  private HumanRequest() {}

  static boolean in(String text) {
    String plain =
        Normalizer.normalize(TurnWords.cut(text, LOOKED_AT), Normalizer.Form.NFKC)
            .toLowerCase(Locale.ROOT);
    return ChineseHumanRequest.in(plain) || EnglishHumanRequest.in(plain);
  }
}
