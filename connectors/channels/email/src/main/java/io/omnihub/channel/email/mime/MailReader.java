package io.omnihub.channel.email.mime;

import io.omnihub.api.connector.MediaStore;
import io.omnihub.api.model.DeliveryStatus;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.InboundEvent;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns the raw bytes of one mail into events. Never throws for bad mail: what cannot be read is an
 * {@link InboundEvent.Unreadable}.
 */
public final class MailReader {
  private static final Identity NOBODY = Identity.of("email", "unknown@invalid");

  private final MailReading reading;
  private final MediaStore media;
  private final Clock clock;

  /**
   * @param clock tells the time of mail for which the server did not
   */
  public MailReader(MailReading reading, MediaStore media, Clock clock) {
    this.reading = reading;
    this.media = media;
    this.clock = clock;
  }

  /**
   * The events of a mail: a message, or receipts when it is a bounce.
   *
   * @param received the server's INTERNALDATE; null when it tells none
   * @param fallbackKey names the mail when it has no usable Message-ID
   * @throws UncheckedIOException when the hub's attachment store is away, which no mail can cause:
   *     the mail has to be read again later
   */
  public List<InboundEvent> read(byte[] raw, Instant received, String fallbackKey) {
    Instant at = received == null ? clock.instant() : received;
    Identity sender = NOBODY;
    try {
      MimeParser parser = new MimeParser();
      Entity mail = parser.parse(raw);
      Optional<Mailbox> from = Envelope.sender(mail.headers());
      sender = from.map(Mailbox::identity).orElse(NOBODY);
      Optional<BounceParser.Bounce> bounce = BounceParser.parse(mail, from);
      List<InboundEvent> receipts = receipts(mail, bounce, at, fallbackKey);
      if (!receipts.isEmpty()) {
        return receipts;
      }
      if (from.isEmpty()) {
        return unreadable(NOBODY, at, fallbackKey, "the mail has no sender's address");
      }
      return List.of(
          new MailMessage(reading, mail, from.get(), parser.isCut()).read(media, at, fallbackKey));
    } catch (UncheckedIOException e) {
      throw e;
    } catch (RuntimeException e) {
      // The plugin's border for foreign bytes: whatever they break must not stop the mailbox.
      return unreadable(
          sender, at, fallbackKey, "the mail broke the reader: " + e.getClass().getSimpleName());
    }
  }

  private static List<InboundEvent> unreadable(
      Identity sender, Instant at, String fallbackKey, String reason) {
    String key = MessageIds.key("unreadable", fallbackKey);
    return List.of(new InboundEvent.Unreadable(key, sender, at, reason));
  }

  private static List<InboundEvent> receipts(
      Entity mail, Optional<BounceParser.Bounce> bounce, Instant at, String fallbackKey) {
    List<InboundEvent> events = new ArrayList<>();
    if (bounce.isEmpty()) {
      return events;
    }
    String own = MessageIds.own(mail.headers());
    String id = own.isEmpty() ? fallbackKey : own;
    for (BounceReport report : bounce.get().reports()) {
      if (report.isFailure() || report.isDelivery()) {
        events.add(receipt(report, bounce.get().originalIds(), at, id));
      }
    }
    return events;
  }

  private static InboundEvent receipt(
      BounceReport report, List<String> targets, Instant at, String id) {
    return new InboundEvent.ReceiptReceived(
        MessageIds.key("bounce", id + "/" + report.recipient()),
        Identity.of("email", report.recipient()),
        targets,
        report.isFailure() ? DeliveryStatus.FAILED : DeliveryStatus.DELIVERED,
        at,
        report.isFailure() ? report.failure() : null);
  }
}
