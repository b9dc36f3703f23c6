package io.omnihub.channel.email.mime;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Tells mail that a machine wrote: an answer to it may come back for ever (RFC 3834). A word in the
 * subject is no evidence (section 3.1.5 there).
 */
final class AutomaticMail {
  static final String ORIGIN = "X-Omnihub-Origin";

  private static final Set<String> BULK =
      Set.of("bulk", "junk", "list", "auto_reply", "auto-reply");
  private static final Pattern SUPPRESSING = Pattern.compile("(?i)\\b(all|oof|autoreply)\\b");
  private static final Pattern MACHINE =
      Pattern.compile(
          "(mailer-?daemon|post_?master|mail-daemon|no[-_.]?reply|do[-_.]?not[-_.]?reply|bounces?"
              + "|owner-.+|.+-request|.+-bounces?|.+-owner)([+=].*)?");

  private AutomaticMail() {}

  static boolean is(Entity mail, Mailbox from, MailReading reading) {
    Headers headers = mail.headers();
    return declaresItself(headers)
        || isListMail(headers)
        || hasNullSender(headers)
        || mail.type().value().equals("multipart/report")
        || isMachine(from)
        || isOurs(headers, from, reading);
  }

  static boolean isMachine(Mailbox from) {
    return MACHINE.matcher(from.local()).matches();
  }

  static boolean hasNullSender(Headers headers) {
    return headers.all("Return-Path").stream().anyMatch(path -> path.matches("<\\s*>"));
  }

  private static boolean declaresItself(Headers headers) {
    return any(headers, "Auto-Submitted", value -> !value.isEmpty() && !value.equals("no"))
        || any(headers, "Precedence", BULK::contains)
        || any(headers, "X-Auto-Response-Suppress", value -> SUPPRESSING.matcher(value).find())
        || any(headers, "X-Autoreply", value -> !value.equals("no"))
        || any(headers, "X-Autorespond", value -> !value.equals("no"))
        || any(headers, "X-Autoresponder", value -> !value.equals("no"))
        || headers.has("X-Loop")
        || headers.has("Feedback-ID");
  }

  private static boolean isListMail(Headers headers) {
    return headers.fields().stream()
        .anyMatch(field -> field.name().regionMatches(true, 0, "List-", 0, 5));
  }

  private static boolean isOurs(Headers headers, Mailbox from, MailReading reading) {
    String domain = reading.hubDomain().toLowerCase(Locale.ROOT);
    return any(headers, ORIGIN, value -> value.equals(domain))
        || from.address().equals(Mailbox.normalised(reading.ownAddress()));
  }

  private static boolean any(Headers headers, String name, Predicate<String> test) {
    List<String> values = headers.all(name);
    return values.stream()
        .map(value -> value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
        .anyMatch(test);
  }
}
