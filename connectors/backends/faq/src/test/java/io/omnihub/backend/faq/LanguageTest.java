package io.omnihub.backend.faq;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {

  @ParameterizedTest
  @CsvSource({
    "怎么退货, ZH",
    "How do I return it, EN",
    "iPhone 17 有货吗, ZH",
    "我想return这个item, ZH",
    "What does the word 包邮 mean, EN",
    "Où est ma commande, EN",
    "Где мой заказ, OTHER",
    "12345, OTHER",
    "退款 refund, ZH",
  })
  void theScriptDecides(String text, Language expected) {
    assertThat(Language.of(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      value = {"zh, ZH", "zh-TW, ZH", "ZH_cn, ZH", "en, EN", "de, EN", "null, EN"},
      nullValues = "null")
  void aTagDecidesWhereThereAreNoWords(String tag, Language expected) {
    assertThat(Language.ofTag(tag)).isEqualTo(expected);
  }
}
