package io.omnihub.channel.email.mime;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;

/**
 * The part of a bounce that is written for people.
 *
 * @param whole all of it
 * @param report what the server says
 * @param original what it copies of our mail below that
 */
record BounceText(String whole, String report, String original) {
  private static final int LONGEST = 200_000;
  private static final String ADDRESS =
      "[^\\s<>()\\[\\]:;,\"'*=@]{1,128}@[A-Za-z0-9][A-Za-z0-9._-]{0,250}[A-Za-z0-9]";

  private static final Pattern ORIGINAL =
      Pattern.compile(
          "(?im)^[ \t>]*+(?:[-=*_ ]{2,80}.{0,40}(?:copy of (?:the|your) message|original (?:message|mail)|returned (?:message|mail)"
              + "|unsent message|undelivered message|message headers?|header of the|headers? follow|below this line|your message follows).{0,120}"
              + "|original (?:mail|message)(?: as)? ?(?:follow(?:s|ing)?|header)?s?.{0,10}[:.]?[ \t]*"
              + "|content-type: message/rfc822.*|received: (?:from|by|\\().*|return-path: ?<.*|message-id: ?<.*"
              + "|the (?:first|last) .{0,30}of the original.*|(?:the )?(?:text|content|body|header)s? of (?:the|your) (?:original )?(?:message|mail).*)$");

  private static final Pattern STRONG =
      Pattern.compile(
          "(?im)^[ \t]*+(?:[*-][ \t]*+)?\"?(?:(?:\\d{3} )?<(?<angle>"
              + ADDRESS
              + ")>(?=[:;,. \t(]|$)|(?<bare>"
              + ADDRESS
              + ")(?=\"?[ \t]*[:;,(]?[ \t]*$|:[ \t]|;|\\.\\.\\.| on | Invalid|[ \t]*\\())");

  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)\\b(?:rcpt to:|recipient:?|(?:deliver(?:ed|y)?|message|mail)(?: your)?(?: message)? to:?(?: the)?(?: following)?(?: address| recipient)?s?:?|unknown user:?|user unknown:?|no such user:?"
              + "|undeliverable to:?|address:?|user:?|account:?|mailbox:?)(?:[ \t\n<]{1,20}|(?<=:))(?<address>"
              + ADDRESS
              + ")");

  private static final Pattern ANY = Pattern.compile(ADDRESS);
  private static final Pattern ORIGINAL_TO = Pattern.compile("(?im)^[ \t>|]*+To: *(.+)$");

  static BounceText of(Entity mail) {
    StringBuilder text = new StringBuilder();
    for (MailBody.Section section : MailBody.of(mail).sections()) {
      String words =
          section.plain() != null
              ? section.plain().text()
              : HtmlText.of(Jsoup.parse(limited(section.html().text())).body());
      text.append(words).append("\n\n");
    }
    mail.all()
        .filter(part -> part.is("text/plain") && !part.fileName().isEmpty() && !part.isMultipart())
        .forEach(part -> text.append(part.text()).append("\n\n"));
    String whole = limited(text.toString());
    Matcher original = ORIGINAL.matcher(whole);
    int end = original.find() ? original.start() : whole.length();
    return new BounceText(whole, whole.substring(0, end), whole.substring(end));
  }

  boolean hasOriginal() {
    return !original.isBlank();
  }

  /** The addresses that could not be reached. */
  Set<String> recipients(Set<String> own) {
    Set<String> found = new LinkedHashSet<>();
    Matcher strong = STRONG.matcher(report);
    while (strong.find()) {
      add(found, strong.group("angle") != null ? strong.group("angle") : strong.group("bare"), own);
    }
    Matcher named = NAMED.matcher(report);
    while (named.find()) {
      add(found, named.group("address"), own);
    }
    Matcher any = ANY.matcher(report);
    while (found.isEmpty() && any.find()) {
      add(found, any.group(), own);
    }
    return found;
  }

  /** The raw To headers of the copied mail. */
  List<String> originalRecipients() {
    List<String> raws = new ArrayList<>();
    Matcher to = ORIGINAL_TO.matcher(original);
    while (to.find()) {
      raws.add(to.group(1));
    }
    return raws;
  }

  /** The lines about one recipient; all when none names him. */
  String about(String recipient) {
    StringBuilder lines = new StringBuilder();
    boolean inside = false;
    for (String line : report.split("\n", -1)) {
      boolean mentions = line.toLowerCase(Locale.ROOT).contains(recipient);
      boolean other = !mentions && STRONG.matcher(line).find();
      inside = mentions || (inside && !line.isBlank() && !other);
      if (inside) {
        lines.append(line.strip()).append(' ');
      }
    }
    boolean told = lines.length() > recipient.length() + 12;
    return told ? lines.toString().strip() : report.replaceAll("\\s+", " ").strip();
  }

  private static void add(Set<String> found, String address, Set<String> own) {
    String normalised = Mailbox.normalised(address);
    boolean machine = normalised.startsWith("mailer-daemon@");
    if (!own.contains(normalised) && !machine && found.size() < 50) {
      found.add(normalised);
    }
  }

  private static String limited(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }
}
