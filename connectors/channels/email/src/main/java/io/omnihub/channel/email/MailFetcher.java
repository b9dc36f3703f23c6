package io.omnihub.channel.email;

import io.omnihub.api.model.Identity;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.route.InboundBatch;
import io.omnihub.channel.email.mime.MailReader;
import jakarta.mail.FolderClosedException;
import jakarta.mail.MessagingException;
import jakarta.mail.StoreClosedException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.InternetHeaders;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns one mail of a folder into a batch of events. A mail that cannot be had or read becomes an
 * {@link InboundEvent.Unreadable}, so that it never stands in the way of those behind it. Belongs
 * to one thread.
 */
final class MailFetcher {
  private static final Logger log = LoggerFactory.getLogger(MailFetcher.class);
  private static final String RAW_TYPE = "message/rfc822";
  private static final int HEADER_LIMIT = 256 << 10;

  /** Response codes of RFC 5530 that speak of the server's state, not of the mail. */
  private static final Pattern TEMPORARY =
      Pattern.compile("\\[(UNAVAILABLE|INUSE|LIMIT|SERVERBUG)]", Pattern.CASE_INSENSITIVE);

  /** So often may a connection break, or the hub fail, over the same mail. */
  private static final int ATTEMPTS = 5;

  private final MailReader reader;
  private final int maxSize;
  private long failingUid = -1;
  private int failures;

  MailFetcher(MailReader reader, int maxSize) {
    this.reader = reader;
    this.maxSize = maxSize;
  }

  /**
   * Fetches and reads it; empty when it is gone by now.
   *
   * @param fallbackKey names it where not even its headers can be had
   * @throws java.io.UncheckedIOException when the hub's attachment store is away: ask again later
   * @throws MessagingException when the connection broke or the server is unwell: ask again on a
   *     new one
   */
  Optional<InboundBatch> fetch(Mailbox mailbox, Mailbox.Found found, String fallbackKey)
      throws MessagingException {
    if (failures >= ATTEMPTS && failingUid == found.uid()) {
      return Optional.of(setAside(mailbox, found, fallbackKey, "it failed " + failures + " times"));
    }
    if (found.size() > maxSize) {
      String reason = "larger than the " + maxSize + " bytes that are set as max-size";
      return Optional.of(setAside(mailbox, found, fallbackKey, reason));
    }
    byte[] raw;
    try {
      raw = mailbox.content(found.uid(), maxSize);
    } catch (FolderClosedException | StoreClosedException e) {
      throw e;
    } catch (MessagingException e) {
      if (TEMPORARY.matcher(String.valueOf(e.getMessage())).find()) {
        throw e;
      }
      log.warn("The server does not hand out mail {}", fallbackKey);
      return Optional.of(
          setAside(mailbox, found, fallbackKey, "the mail server does not hand it out"));
    }
    if (raw.length == 0) {
      return Optional.empty();
    }
    List<InboundEvent> events = reader.read(raw, found.received(), contentKey(raw));
    return Optional.of(new InboundBatch(events, RAW_TYPE, raw));
  }

  /** The mail could not be fetched or handed on. */
  void failed(long uid) {
    failures = uid == failingUid ? failures + 1 : 1;
    failingUid = uid;
  }

  private InboundBatch setAside(
      Mailbox mailbox, Mailbox.Found found, String fallbackKey, String reason)
      throws MessagingException {
    byte[] headers = headers(mailbox, found.uid());
    InternetHeaders parsed = parse(headers);
    String id = header(parsed, "Message-ID");
    boolean usable = id.matches("<[^<>\\s]{1,200}>");
    return new InboundBatch(
        List.of(
            new InboundEvent.Unreadable(
                "unreadable/" + (usable ? id : fallbackKey),
                Identity.of("email", addressIn(header(parsed, "From"))),
                found.received(),
                reason)),
        RAW_TYPE,
        headers);
  }

  /** Empty when even they are not to be had. */
  private byte[] headers(Mailbox mailbox, long uid) throws MessagingException {
    if (failures > ATTEMPTS && failingUid == uid) {
      return new byte[0];
    }
    try {
      return mailbox.headers(uid, HEADER_LIMIT);
    } catch (FolderClosedException | StoreClosedException e) {
      throw e;
    } catch (MessagingException e) {
      log.debug("The server does not hand out the headers of mail {} either", uid);
      return new byte[0];
    }
  }

  /**
   * Names a mail without Message-ID, also when its server rebuilds the folder and gives it another
   * UID: the trace lines on top of it make the content unique.
   */
  private static String contentKey(byte[] raw) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(raw);
      return "sha256-" + HexFormat.of().formatHex(digest, 0, 20);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static InternetHeaders parse(byte[] headers) {
    try {
      return new InternetHeaders(new ByteArrayInputStream(headers), true);
    } catch (MessagingException e) {
      return new InternetHeaders();
    }
  }

  private static String header(InternetHeaders headers, String name) {
    String value = headers.getHeader(name, null);
    return value == null ? "" : value.strip();
  }

  private static String addressIn(String from) {
    try {
      InternetAddress[] addresses = InternetAddress.parseHeader(from, false);
      if (addresses.length > 0 && addresses[0].getAddress() != null) {
        String address = addresses[0].getAddress().strip();
        if (!address.isEmpty()) {
          return address.toLowerCase(Locale.ROOT);
        }
      }
    } catch (MessagingException e) {
      // whose mail it is cannot be told
    }
    return "unknown@invalid";
  }
}
