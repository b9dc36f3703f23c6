package io.omnihub.channel.email;

import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Failure.Code;
import io.omnihub.api.model.OutboundMessage;
import io.omnihub.api.model.SendOutcome;
import io.omnihub.channel.email.compose.MailComposer;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.FileNotFoundException;
import java.io.IOException;

/**
 * Sends one message: who gets it, may it be sent, writing it, submitting it. Safe for all threads.
 */
final class EmailOutbound {
  private final MailComposer composer;
  private final SmtpSender sender;
  private final AutoReplyGuard guard;

  EmailOutbound(MailComposer composer, SmtpSender sender, AutoReplyGuard guard) {
    this.composer = composer;
    this.sender = sender;
    this.guard = guard;
  }

  SendOutcome send(OutboundMessage message) {
    // the library looks for its parts with the thread's class loader, which is the hub's
    Thread thread = Thread.currentThread();
    ClassLoader hub = thread.getContextClassLoader();
    thread.setContextClassLoader(EmailOutbound.class.getClassLoader());
    try {
      InternetAddress recipient = recipient(message.address());
      return MailComposer.automatic(message)
          ? sendGuarded(message, recipient)
          : submit(message, recipient);
    } catch (AddressException e) {
      return refused(Code.RECIPIENT_INVALID, "that is not an e-mail address");
    } finally {
      thread.setContextClassLoader(hub);
    }
  }

  private SendOutcome sendGuarded(OutboundMessage message, InternetAddress recipient) {
    String address = recipient.getAddress();
    if (!guard.allows(address)) {
      return refused(
          Code.RATE_LIMITED,
          "this address got as many automatic mails within an hour as auto-replies-per-hour allows");
    }
    SendOutcome outcome = submit(message, recipient);
    if (outcome instanceof SendOutcome.Accepted || outcome instanceof SendOutcome.Unknown) {
      guard.count(address);
    }
    return outcome;
  }

  private SendOutcome submit(OutboundMessage message, InternetAddress recipient) {
    MimeMessage mail;
    try {
      mail = composer.compose(message, recipient);
    } catch (FileNotFoundException e) {
      return refused(Code.CONTENT_REJECTED, "an attachment is no longer there");
    } catch (IOException e) {
      return new SendOutcome.NotSent(
          Failure.of(Code.TRANSIENT, "an attachment cannot be read now"));
    } catch (MessagingException e) {
      return refused(Code.CONTENT_REJECTED, "no mail can be made of it");
    }
    return sender.send(mail, recipient);
  }

  /** Exactly one address: a list in disguise would send to people who are not meant. */
  private static InternetAddress recipient(String address) throws AddressException {
    if (address.matches("(?s).*[\\p{Cntrl},;<>].*") || address.indexOf('@') < 1) {
      throw new AddressException("not one address");
    }
    return new InternetAddress(address.strip(), true);
  }

  private static SendOutcome refused(Code code, String detail) {
    return new SendOutcome.Refused(Failure.of(code, detail));
  }
}
