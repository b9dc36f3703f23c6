package io.omnihub.channel.email.compose;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The subject line of a mail that goes out. */
final class Subjects {
  /** How mail programs of several languages mark an answer; a forward is not one. */
  private static final Pattern ANSWER =
      Pattern.compile(
          "^(re|aw|sv|vs|antw|odp|rif|回复|答复|回覆)(\\[\\d+])?\\s*[:：].*",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);

  private static final Map<String, String> YOUR_MESSAGE =
      Map.of(
          "en", "Your message",
          "de", "Ihre Nachricht",
          "fr", "Votre message",
          "es", "Su mensaje",
          "it", "Il suo messaggio",
          "pt", "Sua mensagem",
          "nl", "Uw bericht",
          "zh", "您的消息",
          "ja", "お問い合わせ");

  private Subjects() {}

  /**
   * Chooses it.
   *
   * @param thread the thread's subject, may be empty
   * @param configured the account's own default, may be empty
   * @param language BCP 47 tag, may be empty
   * @param answers whether the mail answers an earlier one
   */
  static String of(String thread, String configured, String language, boolean answers) {
    String subject = OneLine.of(thread);
    if (subject.isEmpty()) {
      subject = OneLine.of(configured);
    }
    if (subject.isEmpty()) {
      String primary = Locale.forLanguageTag(language).getLanguage();
      subject = YOUR_MESSAGE.getOrDefault(primary, "Your message");
    }
    return answers && !ANSWER.matcher(subject).matches() ? "Re: " + subject : subject;
  }
}
