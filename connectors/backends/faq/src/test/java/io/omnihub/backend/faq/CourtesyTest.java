package io.omnihub.backend.faq;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CourtesyTest {

  @ParameterizedTest
  @CsvSource({
    "Hi!, GREETING",
    "hello there, GREETING",
    "Good morning, GREETING",
    "你好, GREETING",
    "您好！, GREETING",
    "在吗？, GREETING",
    "你好 在吗, GREETING",
    "Thanks!, THANKS",
    "ok thank you very much, THANKS",
    "谢谢, THANKS",
    "好的 谢谢啦, THANKS",
    "非常感谢, THANKS",
    "Hi where is my order, NONE",
    "你好我要退货, NONE",
    "thanks for nothing, NONE",
    "不用谢谢我, NONE",
    "?!, NONE",
  })
  void onlyPureCourtesiesCount(String text, Courtesy expected) {
    assertThat(Courtesy.of(text)).isEqualTo(expected);
  }
}
