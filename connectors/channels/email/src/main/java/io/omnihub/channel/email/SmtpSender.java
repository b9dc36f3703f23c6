package io.omnihub.channel.email;

import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Failure.Code;
import io.omnihub.api.model.SendOutcome;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Clock;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Submits mails, each on a connection of its own. Safe for all threads. */
final class SmtpSender {
  private static final Logger log = LoggerFactory.getLogger(SmtpSender.class);

  private final EmailConfig.Server server;
  private final Login.Source logins;
  private final SSLSocketFactory secure;
  private final MailSessions.SmtpNames names;
  private final Clock clock;

  SmtpSender(
      EmailConfig.Server server,
      Login.Source logins,
      SSLSocketFactory secure,
      MailSessions.SmtpNames names,
      Clock clock) {
    this.server = server;
    this.logins = logins;
    this.secure = secure;
    this.names = names;
    this.clock = clock;
  }

  /** Submits it; on success the outcome names its Message-ID. */
  SendOutcome send(MimeMessage message, Address recipient) {
    try {
      Login login = logins.next();
      SendOutcome outcome = submit(message, recipient, login);
      // an access token may end before its time: then a fresh one helps
      return login.oauth() && refusedLogin(outcome)
          ? submit(message, recipient, logins.next())
          : outcome;
    } catch (Login.Refused e) {
      return new SendOutcome.Refused(Failure.of(Code.AUTH, e.getMessage()));
    } catch (IOException e) {
      return new SendOutcome.NotSent(Failure.of(Code.TRANSIENT, e.getMessage()));
    }
  }

  private SendOutcome submit(MimeMessage message, Address recipient, Login login) {
    Session session = MailSessions.smtp(server, login, secure, names);
    PhasedTransport transport = new PhasedTransport(session);
    try {
      if (login.none()) {
        transport.connect(server.host(), server.port(), null, null);
      } else {
        transport.connect(server.host(), server.port(), login.user(), login.secret().reveal());
      }
      transport.sendMessage(message, new Address[] {recipient});
      return SendOutcome.Accepted.as(message.getHeader("Message-ID", null));
    } catch (AuthenticationFailedException e) {
      logins.rejected();
      return authenticationFailed(transport);
    } catch (MessagingException e) {
      log.debug("A mail was not sent, at {}", transport.phase(), e);
      return failed(transport, e);
    } finally {
      close(transport);
    }
  }

  private SendOutcome authenticationFailed(PhasedTransport transport) {
    EmailErrors.Reply reply = replyOf(transport);
    return reply.code() >= 400 && reply.code() < 500
        ? EmailErrors.of(transport.phase(), reply, clock.instant())
        : new SendOutcome.Refused(
            Failure.of(Code.AUTH, "the mail server does not accept the log-in"));
  }

  private static boolean refusedLogin(SendOutcome outcome) {
    return outcome instanceof SendOutcome.Refused refused && refused.failure().code() == Code.AUTH;
  }

  private SendOutcome failed(PhasedTransport transport, MessagingException failure) {
    if (transport.phase() == PhasedTransport.Phase.CONNECT && wantsOtherTls(failure)) {
      // safe to repeat, and it will work as soon as the certificate or the setting is put right
      return new SendOutcome.NotSent(
          Failure.of(Code.CONFIG, "no TLS connection as it is set up: " + server.tls()));
    }
    return EmailErrors.of(transport.phase(), replyOf(transport), clock.instant());
  }

  private static boolean wantsOtherTls(MessagingException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException) {
        return true;
      }
    }
    return String.valueOf(failure.getMessage()).startsWith("STARTTLS is required");
  }

  private static EmailErrors.Reply replyOf(PhasedTransport transport) {
    String text = transport.getLastServerResponse();
    return new EmailErrors.Reply(transport.getLastReturnCode(), text == null ? "" : text);
  }

  private static void close(PhasedTransport transport) {
    try {
      transport.close();
    } catch (MessagingException e) {
      log.trace("The connection was gone already", e);
    }
  }
}
