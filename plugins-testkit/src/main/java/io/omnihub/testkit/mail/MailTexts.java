package io.omnihub.testkit.mail;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;

/** Mails as customers' programs and mail servers write them. */
final class MailTexts {
  private MailTexts() {}

  static String plain(
      String from, String to, String subject, String text, Map<String, String> headers) {
    StringBuilder mail = new StringBuilder();
    header(mail, "From", from);
    header(mail, "To", to);
    header(mail, "Subject", encoded(subject));
    if (headers.keySet().stream().noneMatch("Message-ID"::equalsIgnoreCase)) {
      header(mail, "Message-ID", "<" + UUID.randomUUID() + "@" + domain(from) + ">");
    }
    header(mail, "Date", now());
    headers.forEach((name, value) -> header(mail, name, value));
    header(mail, "MIME-Version", "1.0");
    header(mail, "Content-Type", "text/plain; charset=utf-8");
    header(mail, "Content-Transfer-Encoding", "base64");
    return mail.append("\r\n").append(base64(text)).append("\r\n").toString();
  }

  static String reply(SimulatedMail received, String to, String text) {
    String quoted =
        "On Fri, May 1, 2026 at 10:00 AM "
            + bare(received.header("From"))
            + " wrote:\r\n> "
            + received.text().strip().replace("\n", "\n> ");
    String subject = received.subject();
    return plain(
        received.mailbox(),
        to,
        subject.startsWith("Re:") ? subject : "Re: " + subject,
        text + "\r\n\r\n" + quoted + "\r\n",
        Map.of(
            "In-Reply-To",
            received.messageId(),
            "References",
            (received.header("References") + " " + received.messageId()).strip()));
  }

  /** A delivery status notification of RFC 3464. */
  static String bounce(SimulatedMail received, String to) {
    StringBuilder mail = new StringBuilder();
    header(mail, "From", "MAILER-DAEMON@" + domain(received.mailbox()));
    header(mail, "To", to);
    header(mail, "Subject", "Undelivered Mail Returned to Sender");
    header(mail, "Message-ID", "<" + UUID.randomUUID() + "@" + domain(received.mailbox()) + ">");
    header(mail, "Date", now());
    header(mail, "Auto-Submitted", "auto-replied");
    header(mail, "MIME-Version", "1.0");
    header(mail, "Content-Type", "multipart/report; report-type=delivery-status; boundary=\"=_b\"");
    return mail.append("\r\n--=_b\r\nContent-Type: text/plain\r\n\r\n")
        .append("Your mail could not be delivered.\r\n")
        .append("--=_b\r\nContent-Type: message/delivery-status\r\n\r\n")
        .append("Reporting-MTA: dns; mx." + domain(received.mailbox()) + "\r\n\r\n")
        .append("Final-Recipient: rfc822; " + received.mailbox() + "\r\n")
        .append("Action: failed\r\nStatus: 5.1.1\r\n")
        .append("Diagnostic-Code: smtp; 550 5.1.1 no such user\r\n\r\n")
        .append("--=_b\r\nContent-Type: text/rfc822-headers\r\n\r\n")
        .append("From: " + to + "\r\nTo: " + received.mailbox() + "\r\n")
        .append("Message-ID: " + received.messageId() + "\r\n\r\n")
        .append("--=_b--\r\n")
        .toString();
  }

  /** The address alone. */
  static String bare(String written) {
    int from = written.lastIndexOf('<');
    int to = written.indexOf('>', from);
    return from < 0 || to < 0 ? written.strip() : written.substring(from + 1, to).strip();
  }

  static byte[] bytes(String mail) {
    return mail.getBytes(StandardCharsets.UTF_8);
  }

  private static void header(StringBuilder mail, String name, String value) {
    mail.append(name).append(": ").append(value).append("\r\n");
  }

  private static String encoded(String text) {
    return StandardCharsets.US_ASCII.newEncoder().canEncode(text)
        ? text
        : "=?utf-8?B?" + Base64.getEncoder().encodeToString(bytes(text)) + "?=";
  }

  private static String base64(String text) {
    return Base64.getMimeEncoder().encodeToString(bytes(text));
  }

  private static String domain(String address) {
    String bare = bare(address);
    return bare.substring(bare.indexOf('@') + 1);
  }

  private static String now() {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
  }
}
