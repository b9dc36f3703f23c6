package io.omnihub.channel.email.compose;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;

/** A mail that keeps the Message-ID it was given; the library would make up its own on saving. */
final class KeptMessage extends MimeMessage {
  private final String messageId;

  KeptMessage(Session session, String messageId) {
    super(session);
    this.messageId = messageId;
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", messageId);
  }
}
