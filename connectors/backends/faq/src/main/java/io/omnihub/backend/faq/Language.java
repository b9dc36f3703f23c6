package io.omnihub.backend.faq;

import java.util.Locale;

/** The languages that the bot speaks, told apart by the script of the characters. */
enum Language {
  ZH("zh"),
  EN("en"),
  /** Neither Han nor Latin script: searched and answered like English. */
  OTHER("und");

  private final String tag;

  Language(String tag) {
    this.tag = tag;
  }

  /** BCP 47. */
  String tag() {
    return tag;
  }

  /**
   * The language of a text. Chinese when it has at least as many Han characters as Latin words, so
   * that "iPhone 有货吗" is Chinese and "What is 包邮, please?" is not.
   */
  static Language of(String text) {
    int han = 0;
    int latinWords = 0;
    boolean inLatin = false;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      Character.UnicodeScript script = Character.UnicodeScript.of(point);
      boolean latin = script == Character.UnicodeScript.LATIN;
      han += script == Character.UnicodeScript.HAN ? 1 : 0;
      latinWords += latin && !inLatin ? 1 : 0;
      inLatin = latin || (inLatin && point == '\'');
      i += Character.charCount(point);
    }
    if (han > 0 && han >= latinWords) {
      return ZH;
    }
    return latinWords > 0 ? EN : OTHER;
  }

  /** The language of a BCP 47 tag; English when it says nothing or something else. */
  static Language ofTag(String tag) {
    return tag != null && tag.toLowerCase(Locale.ROOT).startsWith("zh") ? ZH : EN;
  }
}
