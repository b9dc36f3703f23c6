package io.omnihub.channel.email.mime;

import io.omnihub.api.connector.MediaStore;
import io.omnihub.api.model.Claim;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.Part;
import io.omnihub.api.model.ProofLevel;
import io.omnihub.api.model.Sender;
import io.omnihub.api.model.Threading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A mail that is a message.
 *
 * @param cut whether it has more parts than are read
 */
record MailMessage(MailReading reading, Entity mail, Mailbox from, boolean cut) {

  InboundEvent read(MediaStore media, Instant at, String fallbackKey) {
    Headers headers = mail.headers();
    MailBody body = MailBody.of(mail);
    Attachments attachments = attachments(body, media);
    Threading threading = Envelope.threading(headers, reading.tokens());
    BodyText text = BodyText.of(body.sections(), threading.subject(), attachments.urls());
    String own = MessageIds.own(headers);
    return new InboundEvent.MessageReceived(
        MessageIds.key("message", own.isEmpty() ? fallbackKey : own),
        own.isEmpty() ? syntheticId(fallbackKey) : own,
        sender(),
        Envelope.replyTo(headers, from).address(),
        threading,
        at,
        parts(text, attachments, threading.subject()),
        headers.all("In-Reply-To").stream()
            .flatMap(raw -> MessageIds.in(raw).stream())
            .findFirst()
            .orElse(""),
        AutomaticMail.is(mail, from, reading),
        attributes(text));
  }

  private Sender sender() {
    ProofLevel proof = Envelope.proof(mail.headers(), from, reading.trustedAuthservId());
    return new Sender(from.identity(), from.name(), "", List.of(new Claim(from.identity(), proof)));
  }

  private String syntheticId(String fallbackKey) {
    String safe = fallbackKey.replaceAll("[^A-Za-z0-9._-]+", ".");
    return "<" + safe + ".no-message-id@" + reading.hubDomain() + ">";
  }

  private Attachments attachments(MailBody body, MediaStore media) {
    Attachments attachments = new Attachments(media);
    body.attachments().forEach(attachments::add);
    body.sections().stream()
        .flatMap(section -> BodyText.tooLong(section).stream())
        .forEach(attachments::add);
    if (cut) {
      attachments.leftOut("too-many-parts", "", mail.mediaType());
    }
    return attachments;
  }

  /** A mail without a word is still one: its subject, if nothing else, is what was said. */
  private static List<Part> parts(BodyText text, Attachments attachments, String subject) {
    List<Part> parts = new ArrayList<>();
    if (!text.fresh().isBlank()) {
      parts.add(Part.Text.plain(text.fresh()));
    } else if (attachments.parts().isEmpty() || !subject.isBlank()) {
      parts.add(Part.Text.plain(subject));
    }
    parts.addAll(attachments.parts());
    return parts;
  }

  private Map<String, Object> attributes(BodyText text) {
    Headers headers = mail.headers();
    Map<String, Object> attributes = new HashMap<>();
    putText(attributes, "quoted", text.quoted());
    putText(attributes, "html", text.html());
    putList(attributes, "to", Envelope.addresses(headers, "To"));
    putList(attributes, "cc", Envelope.addresses(headers, "Cc"));
    Envelope.date(headers).ifPresent(date -> attributes.put("date", date.toString()));
    return attributes;
  }

  private static void putText(Map<String, Object> attributes, String name, String value) {
    if (!value.isBlank()) {
      attributes.put(name, value);
    }
  }

  private static void putList(Map<String, Object> attributes, String name, List<String> values) {
    if (!values.isEmpty()) {
      attributes.put(name, values);
    }
  }
}
