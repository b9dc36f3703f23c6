package io.omnihub.channel.email.mime;

import io.omnihub.api.model.ProofLevel;
import io.omnihub.api.model.Threading;
import jakarta.mail.internet.MailDateFormat;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who wrote to whom, when, in which thread, and whether that is proven. */
final class Envelope {
  private static final List<String> SENDERS = List.of("From", "Sender", "Reply-To", "Return-Path");
  private static final List<String> RECIPIENTS =
      List.of("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To", "Cc");

  private static final Pattern COMMENT = Pattern.compile("\\([^()]*\\)");
  private static final Pattern DMARC = Pattern.compile("^\\s*dmarc\\s*=\\s*pass\\b");
  private static final Pattern HEADER_FROM =
      Pattern.compile("\\bheader\\.from\\s*=\\s*\"?([^\\s;\"]+)");

  private Envelope() {}

  /** The first usable sender; empty when the mail names none. */
  static Optional<Mailbox> sender(Headers headers) {
    return SENDERS.stream().flatMap(name -> list(headers, name).stream()).findFirst();
  }

  /** Where an answer goes. */
  static Mailbox replyTo(Headers headers, Mailbox sender) {
    return list(headers, "Reply-To").stream().findFirst().orElse(sender);
  }

  static List<Mailbox> list(Headers headers, String name) {
    return Mailbox.list(headers.all(name), headers.contentType().parameter("charset"));
  }

  static List<String> addresses(Headers headers, String name) {
    return list(headers, name).stream().map(Mailbox::address).toList();
  }

  static Threading threading(Headers headers, ReplyTokens tokens) {
    String conversation =
        RECIPIENTS.stream()
            .flatMap(name -> addresses(headers, name).stream())
            .flatMap(address -> tokens.conversationIn(address).stream())
            .findFirst()
            .orElse("");
    return new Threading("", headers.text("Subject"), conversation, MessageIds.references(headers));
  }

  /** What the sender's clock said; empty when it cannot be read. */
  static Optional<Instant> date(Headers headers) {
    try {
      String raw = headers.raw("Date");
      return raw.isEmpty()
          ? Optional.empty()
          : Optional.of(new MailDateFormat().parse(raw).toInstant());
    } catch (ParseException e) {
      // A date of the sender's own making is only for show.
      return Optional.empty();
    }
  }

  /**
   * How well it is known that the mail is from the address in its From, by what the receiving
   * server found out (RFC 8601). Only its own header counts, and only on top: whatever stands below
   * may have come with the mail.
   */
  static ProofLevel proof(Headers headers, Mailbox from, String trustedAuthservId) {
    List<String> results = headers.all("Authentication-Results");
    boolean oneSender =
        headers.all("From").size() == 1 && Mailbox.list(headers.all("From"), "").size() == 1;
    if (trustedAuthservId.isBlank() || results.isEmpty() || !oneSender) {
      return ProofLevel.CLAIMED;
    }
    return passes(results.get(0), from, trustedAuthservId)
        ? ProofLevel.ASSERTED
        : ProofLevel.CLAIMED;
  }

  private static boolean passes(String raw, Mailbox from, String trustedAuthservId) {
    String[] statements = withoutComments(raw).toLowerCase(Locale.ROOT).split(";");
    String authservId = statements[0].strip().split("\\s+")[0];
    if (!authservId.equals(trustedAuthservId.strip().toLowerCase(Locale.ROOT))) {
      return false;
    }
    for (String statement : statements) {
      if (DMARC.matcher(statement).find()) {
        Matcher headerFrom = HEADER_FROM.matcher(statement);
        return !headerFrom.find() || domain(headerFrom.group(1)).equals(from.domain());
      }
    }
    return false;
  }

  private static String domain(String headerFrom) {
    String domain = headerFrom.substring(headerFrom.lastIndexOf('@') + 1);
    return Mailbox.normalised("x@" + domain).substring(2);
  }

  private static String withoutComments(String raw) {
    String text = raw;
    for (int depth = 0; depth < 5 && text.indexOf('(') >= 0; depth++) {
      text = COMMENT.matcher(text).replaceAll(" ");
    }
    return text;
  }
}
