package io.omnihub.channel.email.compose;

import io.omnihub.api.connector.MediaStore;
import io.omnihub.api.model.Author;
import io.omnihub.api.model.OutboundMessage;
import io.omnihub.api.model.Part;
import io.omnihub.channel.email.mime.ReplyTokens;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Properties;

/** Writes a message of the hub as a mail. Sends nothing. Safe for all threads. */
public final class MailComposer {
  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  private final Letterhead letterhead;
  private final ReplyTokens tokens;
  private final MediaStore media;
  private final Clock clock;

  public MailComposer(Letterhead letterhead, ReplyTokens tokens, MediaStore media, Clock clock) {
    this.letterhead = letterhead;
    this.tokens = tokens;
    this.media = media;
    this.clock = clock;
  }

  /**
   * What is the same in every mail.
   *
   * @param account the account's id
   * @param name shown beside the address, may be empty
   * @param subject for mails without one, may be empty
   * @param language BCP 47 tag, may be empty
   * @param origin by which hubs recognise their own mails: the hub's domain
   * @param replyTokens whether answers go to an address that names the conversation
   */
  public record Letterhead(
      String account,
      String address,
      String name,
      String subject,
      String language,
      String origin,
      boolean replyTokens) {

    String domain() {
      return address.substring(address.lastIndexOf('@') + 1);
    }
  }

  /** Bots and the hub itself; people get answers to their words, machines do not. */
  public static boolean automatic(OutboundMessage message) {
    return switch (message.author().kind()) {
      case BOT, SYSTEM -> true;
      case AGENT, CONTACT -> false;
    };
  }

  /**
   * Writes the mail.
   *
   * @throws java.io.FileNotFoundException when an attachment is not in the store
   */
  public MimeMessage compose(OutboundMessage message, InternetAddress recipient)
      throws MessagingException, IOException {
    String id = MessageIds.own(letterhead.account(), message.key(), letterhead.domain());
    MimeMessage mail = new KeptMessage(Session.getInstance(new Properties()), id);
    List<String> references = MessageIds.references(message.references(), message.replyTo());
    mail.setFrom(from(message.author()));
    mail.setRecipient(Message.RecipientType.TO, recipient);
    mail.setSubject(
        Subjects.of(
            message.subject(), letterhead.subject(), letterhead.language(), !references.isEmpty()),
        UTF_8);
    mail.setSentDate(Date.from(clock.instant()));
    if (!references.isEmpty()) {
      mail.setHeader("In-Reply-To", references.getLast());
      mail.setHeader("References", MessageIds.folded(references));
    }
    String replyAddress = replyAddress(message.conversationId());
    if (!replyAddress.equals(letterhead.address())) {
      mail.setReplyTo(new InternetAddress[] {new InternetAddress(replyAddress)});
    }
    mail.setHeader("X-Omnihub-Origin", letterhead.origin() + "/" + letterhead.account());
    if (automatic(message)) {
      mail.setHeader("Auto-Submitted", "auto-replied");
      mail.setHeader("X-Auto-Response-Suppress", "All");
    }
    fill(mail, MailBody.of(message.parts()));
    mail.saveChanges();
    return mail;
  }

  private InternetAddress from(Author author) throws MessagingException {
    String person = author.kind() == Author.Kind.AGENT ? OneLine.of(author.name()) : "";
    String name = letterhead.name().isEmpty() ? person : letterhead.name();
    try {
      return name.isEmpty()
          ? new InternetAddress(letterhead.address())
          : new InternetAddress(letterhead.address(), name, UTF_8);
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException("every Java knows UTF-8", e);
    }
  }

  private String replyAddress(String conversationId) {
    try {
      return letterhead.replyTokens()
          ? tokens.replyAddress(letterhead.address(), conversationId)
          : letterhead.address();
    } catch (IllegalArgumentException e) {
      // only the hub's own ids fit into a token; such an answer is found by its references
      return letterhead.address();
    }
  }

  private void fill(MimeMessage mail, MailBody body) throws MessagingException, IOException {
    MimeMultipart words = words(body);
    if (body.attachments().isEmpty()) {
      mail.setContent(words);
      return;
    }
    MimeMultipart mixed = new MimeMultipart("mixed");
    MimeBodyPart first = new MimeBodyPart();
    first.setContent(words);
    mixed.addBodyPart(first);
    for (Part.Media file : body.attachments()) {
      mixed.addBodyPart(Attachment.part(file, media));
    }
    mail.setContent(mixed);
  }

  private static MimeMultipart words(MailBody body) throws MessagingException {
    MimeBodyPart plain = new MimeBodyPart();
    plain.setText(body.text(), UTF_8, "plain");
    MimeBodyPart html = new MimeBodyPart();
    html.setText("<html><body>\n" + body.html() + "\n</body></html>\n", UTF_8, "html");
    return new MimeMultipart("alternative", plain, html);
  }
}
