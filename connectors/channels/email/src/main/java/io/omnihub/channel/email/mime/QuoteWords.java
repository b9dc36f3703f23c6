package io.omnihub.channel.email.mime;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words by which mail programs mark what they quote or forward, by language. */
final class QuoteWords {
  /** A header as mail programs copy it above a quoted mail. */
  enum Label {
    FROM,
    DATE,
    TO,
    CC,
    SUBJECT
  }

  private static final int LONGEST_SUBJECT = 200;
  private static final int FLAGS =
      Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS;

  private static final Map<Label, String> LABELS =
      Map.of(
          Label.FROM,
          "from|von|de|van|od|från|fra|da|từ|người gửi|发 ?件 ?人|寄件者|寄件人|發件人|差出人|送信者|보낸 ?사람|от|lähettäjä|kimden",
          Label.DATE,
          "date|sent|gesendet|datum|envoyé|date d'envoi|verzonden|enviado(?: el| em| a)?|enviada(?: em)?|data|fecha"
              + "|inviato|wysłano|skickat|sendt|dato|ngày|đã gửi|thời gian|发送时间|发送日期|日期|时间|寄件日期|傳送時間"
              + "|送信日時|日付|보낸 ?날짜|날짜|дата|отправлено|lähetetty|tarih",
          Label.TO,
          "to|an|à|aan|para|a|do|till|til|tới|đến|người nhận|收 ?件 ?人|收件者|宛先|받는 ?사람|кому|vastaanottaja|kime",
          Label.CC,
          "cc|bcc|kopie|kopia|kopi|抄送|副本|копия|참조|answer to|reply-to|antwort an|importance|attachments",
          Label.SUBJECT,
          "subject|betreff|objet|onderwerp|assunto|asunto|oggetto|temat|ämne|emne|chủ đề|tiêu đề|主 ?题|主旨|主題|件名"
              + "|제목|тема|aihe|konu");

  private static final Pattern LABEL_LINE = labelLine();

  private static final String MONTHLESS_DATE = "\\d{4}\\s*[-/.年]\\s*\\d{1,2}\\s*[-/.月]\\s*\\d{1,2}";

  private static final Pattern ATTRIBUTION =
      Pattern.compile(
          "(?:on|le|am|op|em|no dia|el|il|il giorno|w dniu|dnia|på|den|d\\.|vào|ngày|ti|pe)\\b.{6,300}?"
              + "\\b(?:wrote|a écrit|schrieb|schreef|escreveu|escribió|ha scritto|napisał(?:\\(a\\)|a)?|skrev|đã viết|viết"
              + "|kirjoitti)(?![\\p{L}]).{0,150}?[:：]",
          FLAGS);

  private static final Pattern NAME_FIRST =
      Pattern.compile(
          ".{1,150}?\\b(?:schrieb am|wrote on|a écrit le|schreef op|escreveu em|skrev den|napisał(?:a)? dnia)\\b.{4,100}[:：]",
          FLAGS);

  private static final Pattern EAST_ASIAN =
      Pattern.compile(
          "(?:[在于於].{4,250}|.{1,150}[于於在]\\s*"
              + MONTHLESS_DATE
              + ".{0,60}|"
              + MONTHLESS_DATE
              + ".{0,200})(?:写道|寫道|写到|さんは書きました|님이 작성)\\s*[:：]",
          FLAGS);

  private static final Pattern DATE_AND_ADDRESS =
      Pattern.compile(MONTHLESS_DATE + ".{0,80}<[^<>\\s]+@[^<>\\s]+>\\s*[:：]", FLAGS);

  private static final Pattern ORIGINAL =
      Pattern.compile(
          "[-_=*\\s]{2,}(?:original message|original-?nachricht|ursprüngliche nachricht|message d'origine|message original"
              + "|oorspronkelijk bericht|mensagem original|mensaje original|messaggio originale"
              + "|wiadomość oryginalna|oryginalna wiadomość|ursprungligt meddelande|originalmeddelande|oprindelig meddelelse"
              + "|opprinnelig melding|opprinnelig meddelelse|original appointment|thư gốc|tin nhắn gốc|原始邮件|原邮件|原始郵件"
              + "|原始信件|元のメッセージ|원본 ?메(?:시|세)지|исходное сообщение|reply message|回复的原邮件)[-_=*\\s]{2,}",
          FLAGS);

  private static final Pattern FORWARDED =
      Pattern.compile(
          "(?:[-_=*\\s]{2,}(?:forwarded message|weitergeleitete nachricht|message transféré|message transmis"
              + "|doorgestuurd bericht|mensagem encaminhada|mensaje reenviado|messaggio inoltrato|wiadomość przekazana"
              + "|przekazana wiadomość|treść przekazanej wiadomości|vidarebefordrat meddelande|videresendt besked"
              + "|videresendt melding|thư đã chuyển tiếp|tin nhắn được chuyển tiếp|转发的?邮件|轉寄郵件|转发邮件信息"
              + "|轉寄的郵件|転送メッセージ|пересылаемое сообщение)\\s*(?:by|from|von|de)?.{0,60}?[-_=*\\s]{2,}"
              + "|(?:begin forwarded message|anfang der weitergeleiteten nachricht|début du message (?:réexpédié|transféré)"
              + "|begin doorgestuurd bericht|início da mensagem (?:encaminhada|reencaminhada)|vidarebefordrat brev"
              + "|下面是被转发的邮件|转发的消息)\\s*[:：])",
          FLAGS);

  private static final Pattern FORWARDED_SUBJECT =
      Pattern.compile(
          "(?:(?:re|aw|sv|antw|回复|答复)\\s*[:：]\\s*)*(?:fw|fwd|wg|tr|enc|rv|doorst|vs|vl|pd|i|转发|轉寄|轉發|転送)\\s*[:：].*",
          FLAGS);

  private static final Pattern ABOVE_THIS_LINE =
      Pattern.compile("\\W*(?:please )?(?:type your )?reply above this line\\W*", FLAGS);

  private QuoteWords() {}

  /** A line or two that says who wrote the text that follows, and when. */
  static boolean isAttribution(String line) {
    boolean dated = line.chars().anyMatch(Character::isDigit);
    return dated
        && (ATTRIBUTION.matcher(line).matches()
            || NAME_FIRST.matcher(line).matches()
            || EAST_ASIAN.matcher(line).matches()
            || DATE_AND_ADDRESS.matcher(line).matches());
  }

  static boolean isOriginalMark(String line) {
    return ORIGINAL.matcher(line).matches() || ABOVE_THIS_LINE.matcher(line).matches();
  }

  static boolean isForwardMark(String line) {
    return FORWARDED.matcher(line).matches();
  }

  static boolean isForwardSubject(String subject) {
    String start = subject.substring(0, Math.min(subject.length(), LONGEST_SUBJECT)).strip();
    return FORWARDED_SUBJECT.matcher(start).matches();
  }

  /**
   * Which header the line copies; none for any other line. A word may be several in two languages.
   */
  static Set<Label> labels(String line) {
    Set<Label> labels = EnumSet.noneOf(Label.class);
    Matcher matcher = LABEL_LINE.matcher(line);
    if (matcher.matches()) {
      for (Label label : Label.values()) {
        if (matcher.group(label.name()) != null) {
          labels.add(label);
        }
      }
    }
    return labels;
  }

  private static Pattern labelLine() {
    StringBuilder words = new StringBuilder();
    for (Label label : Label.values()) {
      words.append(words.isEmpty() ? "" : "|");
      words.append("(?<").append(label.name()).append('>').append(LABELS.get(label)).append(')');
    }
    return Pattern.compile("[*_\\s]*(?:" + words + ")[*_\\s]*[:：].*", FLAGS);
  }
}
