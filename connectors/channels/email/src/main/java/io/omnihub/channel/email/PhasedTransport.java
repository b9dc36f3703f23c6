package io.omnihub.channel.email;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.io.OutputStream;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * An SMTP connection that knows how far it came: whether a mail may have been sent depends on
 * whether the final dot was written. Belongs to one thread.
 */
final class PhasedTransport extends SMTPTransport {
  private Phase phase = Phase.CONNECT;

  PhasedTransport(Session session) {
    super(session, null);
  }

  /** The steps of a submission, in order. */
  enum Phase {
    CONNECT,
    SENDER,
    RECIPIENT,
    CONTENT,
    /** The final dot is on its way: from here on the server may have the mail. */
    ACCEPTANCE
  }

  Phase phase() {
    return phase;
  }

  @Override
  protected void mailFrom() throws MessagingException {
    phase = Phase.SENDER;
    super.mailFrom();
  }

  @Override
  protected void rcptTo() throws MessagingException {
    phase = Phase.RECIPIENT;
    super.rcptTo();
  }

  @Override
  protected OutputStream data() throws MessagingException {
    phase = Phase.CONTENT;
    return super.data();
  }

  @Override
  protected void finishData() throws IOException, MessagingException {
    phase = Phase.ACCEPTANCE;
    super.finishData();
  }
}
