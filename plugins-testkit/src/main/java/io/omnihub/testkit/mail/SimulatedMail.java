package io.omnihub.testkit.mail;

import jakarta.mail.BodyPart;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** A mail as it lies in a mailbox. */
public final class SimulatedMail {
  private final String mailbox;
  private final byte[] raw;
  private final boolean seen;
  private final MimeMessage message;

  SimulatedMail(String mailbox, MimeMessage stored) {
    this.mailbox = mailbox;
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      stored.writeTo(out);
      raw = out.toByteArray();
      seen = stored.isSet(Flags.Flag.SEEN);
      message =
          new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(raw));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MessagingException e) {
      throw new IllegalStateException("the mail cannot be read", e);
    }
  }

  /** The address in whose mailbox it lies. */
  public String mailbox() {
    return mailbox;
  }

  /** All of it, as stored. */
  public byte[] raw() {
    return raw.clone();
  }

  /** Whether somebody has marked it as read. */
  public boolean seen() {
    return seen;
  }

  /** The first header of that name, unfolded, empty when there is none. */
  public String header(String name) {
    try {
      String value = message.getHeader(name, null);
      return value == null ? "" : value.replaceAll("\r?\n(?=[ \t])", "");
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The subject as people see it. */
  public String subject() {
    try {
      return message.getSubject() == null ? "" : message.getSubject();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** With angle brackets. */
  public String messageId() {
    return header("Message-ID");
  }

  /** The first plain text in it, empty when there is none. */
  public String text() {
    return body("text/plain");
  }

  /** The first HTML in it, empty when there is none. */
  public String html() {
    return body("text/html");
  }

  /** Its attachments, in order. */
  public List<Attachment> attachments() {
    List<Attachment> found = new ArrayList<>();
    for (Part leaf : leaves()) {
      try {
        if (Part.ATTACHMENT.equalsIgnoreCase(leaf.getDisposition())) {
          found.add(
              new Attachment(
                  leaf.getFileName() == null ? "" : leaf.getFileName(),
                  leaf.getContentType(),
                  leaf.getInputStream().readAllBytes()));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (MessagingException e) {
        throw new IllegalStateException(e);
      }
    }
    return List.copyOf(found);
  }

  /** A file that came along. */
  public record Attachment(String name, String contentType, byte[] bytes) {}

  private String body(String type) {
    for (Part leaf : leaves()) {
      try {
        if (leaf.isMimeType(type) && !Part.ATTACHMENT.equalsIgnoreCase(leaf.getDisposition())) {
          return leaf.getContent().toString();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (MessagingException e) {
        throw new IllegalStateException(e);
      }
    }
    return "";
  }

  private List<Part> leaves() {
    List<Part> leaves = new ArrayList<>();
    try {
      collect(message, leaves);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
    return leaves;
  }

  private static void collect(Part part, List<Part> leaves) throws IOException, MessagingException {
    if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
      for (int i = 0; i < parts.getCount(); i++) {
        BodyPart inner = parts.getBodyPart(i);
        collect(inner, leaves);
      }
    } else {
      leaves.add(part);
    }
  }
}
