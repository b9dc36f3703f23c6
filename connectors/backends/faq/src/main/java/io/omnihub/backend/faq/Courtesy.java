package io.omnihub.backend.faq;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Whether somebody says nothing but hello or thanks. */
enum Courtesy {
  GREETING,
  THANKS,
  /** There is more to it. */
  NONE;

  private static final Pattern GREETINGS =
      Pattern.compile(
          "(?:(?:hi|hiya|hello|hey|greetings|good (?:morning|afternoon|evening|day))"
              + "(?: there| all| team| everyone)? ?)+"
              + "|(?:(?:你好|您好|哈喽|哈啰|嗨|早上好|上午好|中午好|下午好|晚上好|早安|大家好|hello|hi)(?:呀|啊|哦)? ?)+"
              + "(?:在吗|在么|在不在)?|(?:亲 ?)?在(?:吗|么|不在)");

  private static final Pattern THANK_YOUS =
      Pattern.compile(
          "(?:(?:ok|okay|great|perfect|got it|cool|alright) )?(?:many |a lot of )?"
              + "(?:thanks|thank you|thank u|thx|ty|cheers)"
              + "(?: very much| so much| a lot| again| a bunch| for (?:your|the) help| ok)*"
              + "|(?:好的|好|嗯|嗯嗯|行|明白了|知道了|收到|ok)? ?(?:非常|十分|太|多)?"
              + "(?:谢谢|感谢|多谢|谢了|谢啦|辛苦了)(?:你们?|您|啦|了|哦|啊|亲|呀)?(?: ?(?:谢谢|再见|拜拜))?");

  static Courtesy of(String text) {
    String plain =
        Normalizer.normalize(TurnWords.cut(text, 200), Normalizer.Form.NFKC)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^\\p{L}\\p{N}]+", " ")
            .strip();
    if (GREETINGS.matcher(plain).matches()) {
      return GREETING;
    }
    return THANK_YOUS.matcher(plain).matches() ? THANKS : NONE;
  }
}
