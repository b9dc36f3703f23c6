package io.omnihub.channel.email.mime;

import io.omnihub.api.connector.MediaStore;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.InboundEvent.MessageReceived;
import io.omnihub.api.model.Part;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Small mails and a reader for them. */
final class Mails {
  static final Instant RECEIVED = Instant.parse("2026-03-01T10:00:00Z");
  static final String CONVERSATION = "0198c0de-1111-7222-8333-444455556666";
  static final ReplyTokens TOKENS = new ReplyTokens("a secret of tests");
  static final MailReading READING =
      new MailReading("support@shop.example", "hub.shop.example", "mx.shop.example", TOKENS);

  private Mails() {}

  /** Header lines and a body, as a mail of Ann. */
  static String mail(String headers, String body) {
    return """
        From: Ann Example <ann@customer.example>
        To: support@shop.example
        Message-ID: <m1@customer.example>
        Subject: Order
        """
        + headers
        + (headers.isEmpty() || headers.endsWith("\n") ? "" : "\n")
        + "\n"
        + body;
  }

  static MessageReceived read(String mail) {
    return read(mail.getBytes(StandardCharsets.UTF_8));
  }

  static MessageReceived read(byte[] mail) {
    return (MessageReceived) events(mail, new Store(1 << 20)).get(0);
  }

  static List<InboundEvent> events(byte[] mail, MediaStore store) {
    return reader(store).read(mail, RECEIVED, "INBOX/7/42");
  }

  static MailReader reader(MediaStore store) {
    return new MailReader(READING, store, Clock.fixed(RECEIVED, ZoneOffset.UTC));
  }

  /** The plain text of a message, empty when it has none. */
  static String text(MessageReceived message) {
    return message.parts().stream()
        .filter(Part.Text.class::isInstance)
        .map(part -> ((Part.Text) part).text())
        .findFirst()
        .orElse("");
  }

  static List<Part.Media> media(MessageReceived message) {
    return message.parts().stream()
        .filter(Part.Media.class::isInstance)
        .map(Part.Media.class::cast)
        .toList();
  }

  /** Attachments in memory. */
  static final class Store implements MediaStore {
    private final List<byte[]> contents = new ArrayList<>();
    private final int limit;

    Store(int limit) {
      this.limit = limit;
    }

    @Override
    public Stored store(InputStream bytes, String name, String mediaType) throws IOException {
      byte[] content = bytes.readAllBytes();
      if (content.length > limit) {
        throw new TooLarge(limit);
      }
      contents.add(content);
      return new Stored("/api/v1/attachments/" + (contents.size() - 1), mediaType, content.length);
    }

    @Override
    public Content open(String url) throws IOException {
      int index = Integer.parseInt(url.substring(url.lastIndexOf('/') + 1));
      if (index >= contents.size()) {
        throw new FileNotFoundException(url);
      }
      byte[] content = contents.get(index);
      return new Content(new ByteArrayInputStream(content), "", "", content.length);
    }

    byte[] content(String url) throws IOException {
      try (Content content = open(url)) {
        return content.stream().readAllBytes();
      }
    }
  }
}
