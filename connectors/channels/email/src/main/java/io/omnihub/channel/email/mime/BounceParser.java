package io.omnihub.channel.email.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Recognises bounces: the standard ones by their parts (RFC 3464), the odd ones by their words. */
final class BounceParser {
  private static final int MOST_RECIPIENTS = 500;
  private static final Set<String> STATUS_PARTS =
      Set.of("message/delivery-status", "message/global-delivery-status");
  private static final Set<String> ORIGINAL_PARTS =
      Set.of(
          "message/rfc822",
          "message/rfc822-headers",
          "message/global",
          "message/global-headers",
          "text/rfc822-headers",
          "text/rfc822-header",
          "message/partial");
  private static final Set<String> OTHER_REPORTS =
      Set.of("message/feedback-report", "message/disposition-notification");

  private static final Pattern SUBJECT =
      Pattern.compile(
          "(?iu)undeliver|non[- ]?deliver|returned mail|returned to sender|failure notice|delivery (?:status|failure|report|problem|error|has failed)"
              + "|deliver(?:y|ed)? failed|delivery failed|mail delivery|could not be delivered|not be delivered|mail (?:system )?(?:error|failure)|delivery notification"
              + "|unzustellbar|nicht zugestellt|delivery unsuccessful|mail failed|returning to sender|message .{1,60}delayed|mail could not|недоставлен|не доставлен|エラー|不達|mailerror|退信|失败");
  private static final Pattern WORDS =
      Pattern.compile(
          "(?iu)not (?:be )?deliver|(?:un|wasn't |not |never )able to deliver|did(?:n't| not) reach|undeliver|returned to (?:the )?sender|failed permanently"
              + "|deliver.{0,40} fail|permanent (?:fatal )?error|not be reached|had delivery problems|user unknown|unknown user|no such user|invalid user|transcript of session"
              + "|failure reasons|following recipients?|delivery error|cannot be delivered|was not delivered|has been delayed|bounced|not yet been delivered|could not be sent|rejected");
  private static final Pattern DELAY =
      Pattern.compile(
          "(?i)warning message only|not yet been delivered|will be retried|attempts will continue|still being retried");
  private static final Pattern QUOTED_ID =
      Pattern.compile("(?im)^[ \t>|]*+Message-ID:[ \t]*(<[^<>\\s]+>)");

  private final Entity mail;
  private final BounceText text;

  private BounceParser(Entity mail) {
    this.mail = mail;
    this.text = BounceText.of(mail);
  }

  /** What the mail reports; empty when it is no bounce. */
  static Optional<Bounce> parse(Entity mail, Optional<Mailbox> from) {
    if (mail.all().anyMatch(part -> OTHER_REPORTS.contains(part.mediaType()))) {
      return Optional.empty();
    }
    BounceParser parser = new BounceParser(mail);
    List<Headers> blocks = parser.statusBlocks();
    if (blocks.isEmpty() && !parser.looksLikeBounce(from)) {
      return Optional.empty();
    }
    List<BounceReport> reports = parser.reports(blocks);
    return reports.isEmpty()
        ? Optional.empty()
        : Optional.of(new Bounce(reports, parser.originalIds(blocks)));
  }

  private List<Headers> statusBlocks() {
    List<Headers> blocks = new ArrayList<>();
    mail.all()
        .filter(part -> STATUS_PARTS.contains(part.mediaType()))
        .flatMap(part -> Stream.of(part.text().split("\n[ \t]*\n", MOST_RECIPIENTS)))
        .map(block -> new MimeParser().parse(block.strip().getBytes(StandardCharsets.UTF_8)))
        .map(Entity::headers)
        .filter(headers -> !headers.fields().isEmpty())
        .limit(MOST_RECIPIENTS)
        .forEach(blocks::add);
    return blocks;
  }

  private boolean looksLikeBounce(Optional<Mailbox> from) {
    Headers headers = mail.headers();
    boolean machine =
        AutomaticMail.hasNullSender(headers)
            || headers.raw("Return-Path").toLowerCase(Locale.ROOT).contains("mailer-daemon")
            || from.isEmpty()
            || AutomaticMail.isMachine(from.get())
            || hasOriginal();
    boolean subject = SUBJECT.matcher(headers.text("Subject")).find();
    boolean words = WORDS.matcher(text.report()).find();
    boolean originalFollows = hasOriginal() || text.hasOriginal();
    return headers.has("X-Failed-Recipients")
        || (machine && subject && (words || !text.recipients(own()).isEmpty()))
        || (machine && words && text.report().contains("RCPT TO:"))
        || (machine && (subject || words) && originalFollows);
  }

  private boolean hasOriginal() {
    return mail.all().anyMatch(part -> ORIGINAL_PARTS.contains(part.mediaType()));
  }

  private List<BounceReport> reports(List<Headers> blocks) {
    List<BounceReport> reports = new ArrayList<>();
    for (Headers block : blocks) {
      String recipient = recipient(block);
      if (!recipient.isEmpty()) {
        reports.add(report(recipient, block));
      }
    }
    if (!reports.isEmpty()) {
      return reports;
    }
    Headers loose =
        blocks.stream()
            .filter(block -> block.has("Action") || block.has("Status"))
            .findFirst()
            .orElse(Headers.NONE);
    for (String recipient : recipientsByWords()) {
      reports.add(report(recipient, loose));
    }
    return reports;
  }

  private BounceReport report(String recipient, Headers block) {
    String named = block.raw("Action").toLowerCase(Locale.ROOT).replaceAll("[^a-z].*", "");
    String action = named.isEmpty() && DELAY.matcher(text.report()).find() ? "delayed" : named;
    String said = diagnostic(block);
    String about = text.about(recipient);
    BounceReport report =
        BounceReport.of(recipient, block.raw("Status"), action, said.isEmpty() ? about : said);
    boolean silent = report.reason() == BounceReport.Reason.OTHER && !action.startsWith("deliver");
    if (!silent) {
      return report;
    }
    BounceReport wider = BounceReport.of(recipient, report.status(), action, said + " " + about);
    return wider.reason() != BounceReport.Reason.OTHER
        ? wider
        : BounceReport.of(recipient, report.status(), action, said + " " + text.report());
  }

  private static String diagnostic(Headers block) {
    return block
        .raw("Diagnostic-Code")
        .replaceFirst("(?i)^\\s*(?:smtp|x-[\\w-]+|unix)\\s*;", "")
        .strip();
  }

  /** The address that we wrote to, where the report names it beside the one it was changed into. */
  private static String recipient(Headers block) {
    for (String name : List.of("Original-Recipient", "Final-Recipient", "X-Actual-Recipient")) {
      String raw = block.raw(name);
      String address = raw.substring(raw.indexOf(';') + 1).replaceAll("[<>\"]", "").strip();
      if (address.indexOf('@') > 0) {
        return Mailbox.normalised(address.split("[\\s,(]")[0]);
      }
    }
    return "";
  }

  private Set<String> recipientsByWords() {
    Set<String> recipients = new LinkedHashSet<>();
    Mailbox.list(mail.headers().all("X-Failed-Recipients"), "")
        .forEach(mailbox -> recipients.add(mailbox.address()));
    if (recipients.isEmpty()) {
      recipients.addAll(text.recipients(own()));
    }
    if (recipients.isEmpty()) {
      recipients.addAll(originalRecipients());
    }
    if (recipients.isEmpty()) {
      // Somebody wrote to himself.
      recipients.addAll(text.recipients(Set.of()));
    }
    return recipients;
  }

  /** To whom the bounce went and who wrote it: neither is the one who did not get our mail. */
  private Set<String> own() {
    Set<String> own = new LinkedHashSet<>();
    for (String name : List.of("To", "From", "Sender", "Delivered-To")) {
      Mailbox.list(mail.headers().all(name), "").forEach(mailbox -> own.add(mailbox.address()));
    }
    return own;
  }

  private List<String> originalRecipients() {
    List<String> raws = new ArrayList<>(text.originalRecipients());
    originals().forEach(original -> raws.addAll(original.headers().all("To")));
    return Mailbox.list(raws, "").stream().map(Mailbox::address).distinct().limit(20).toList();
  }

  private List<Entity> originals() {
    return mail.all()
        .filter(part -> ORIGINAL_PARTS.contains(part.mediaType()))
        .map(Entity::embedded)
        .toList();
  }

  private List<String> originalIds(List<Headers> blocks) {
    Set<String> ids = new LinkedHashSet<>();
    originals().forEach(original -> add(ids, MessageIds.own(original.headers())));
    for (Headers block : blocks) {
      MessageIds.in(block.raw("X-Original-Message-ID")).forEach(ids::add);
      MessageIds.in(block.raw("Original-Message-ID")).forEach(ids::add);
    }
    Matcher quoted = QUOTED_ID.matcher(text.whole());
    while (quoted.find()) {
      add(ids, quoted.group(1));
    }
    ids.addAll(MessageIds.references(mail.headers()));
    for (Headers block : blocks) {
      add(ids, block.raw("Original-Envelope-Id"));
    }
    ids.remove(MessageIds.own(mail.headers()));
    return ids.stream().limit(50).toList();
  }

  private static void add(Set<String> ids, String id) {
    if (!id.isEmpty()) {
      ids.add(id);
    }
  }

  /**
   * A mail that tells what became of one of ours.
   *
   * @param originalIds Message-IDs that our mail may have had, the most certain first
   */
  record Bounce(List<BounceReport> reports, List<String> originalIds) {
    Bounce {
      reports = List.copyOf(reports);
      originalIds = List.copyOf(originalIds);
    }
  }
}
