package io.omnihub.channel.whatsapp;

import io.omnihub.api.connector.Transcript;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Failure.Code;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.Message;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether a customer may be written to freely: within 24 hours of what he wrote last. Afterwards
 * WhatsApp carries templates only.
 *
 * <p>https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-messages#customer-service-windows
 */
final class ServiceWindow {
  /** Attribute of automatic messages, which nobody wrote and which open no window. */
  static final String NOTICE = "notice";

  private static final Duration WINDOW = Duration.ofHours(24);
  private static final int LOOK_BACK = 200;

  private final Transcript transcript;
  private final Clock clock;

  ServiceWindow(Transcript transcript, Clock clock) {
    this.transcript = transcript;
    this.clock = clock;
  }

  /** Why he may not be written to freely, with a way out; empty when he may. */
  Optional<Failure> closed(List<Identity> customer) {
    return customer.stream().anyMatch(this::isOpen)
        ? Optional.empty()
        : Optional.of(Failure.of(Code.WINDOW_CLOSED, WhatsAppErrors.WAY_OUT));
  }

  /** The newest message that a customer wrote himself, where the hub knows one. */
  Optional<Message> newest(Identity customer) {
    return newest(transcript.newest(customer, LOOK_BACK));
  }

  private boolean isOpen(Identity customer) {
    Instant opens = clock.instant().minus(WINDOW);
    List<Transcript.Entry> said = transcript.newest(customer, LOOK_BACK);
    Optional<Message> newest = newest(said);
    if (newest.isPresent()) {
      return writtenAt(newest.get()).isAfter(opens);
    }
    // So much was said since that the hub cannot tell here; WhatsApp can.
    return said.size() >= LOOK_BACK && writtenAt(said.getFirst().message()).isAfter(opens);
  }

  private static Optional<Message> newest(List<Transcript.Entry> said) {
    return said.reversed().stream()
        .map(Transcript.Entry::message)
        .filter(message -> message.direction() == Message.Direction.INBOUND)
        .filter(message -> !message.attributes().containsKey(NOTICE))
        .findFirst();
  }

  /** By WhatsApp's clock, which counts. */
  private static Instant writtenAt(Message message) {
    return message.sentAt() == null ? message.receivedAt() : message.sentAt();
  }
}
