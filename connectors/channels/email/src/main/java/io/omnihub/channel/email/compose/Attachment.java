package io.omnihub.channel.email.compose;

import io.omnihub.api.connector.MediaStore;
import io.omnihub.api.model.Part;
import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.ParseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A file of the hub's store, streamed into a mail when that is sent. */
final class Attachment implements DataSource {
  private static final String ANY = "application/octet-stream";

  private final MediaStore store;
  private final String url;
  private final String name;
  private final String contentType;

  private Attachment(MediaStore store, String url, String name, String contentType) {
    this.store = store;
    this.url = url;
    this.name = name;
    this.contentType = contentType;
  }

  /**
   * A part of a mail that holds it.
   *
   * @throws java.io.FileNotFoundException when the store has no such file
   */
  static MimeBodyPart part(Part.Media media, MediaStore store)
      throws IOException, MessagingException {
    Attachment file;
    try (MediaStore.Content content = store.open(media.url())) {
      String name = media.name().isEmpty() ? content.name() : media.name();
      String type = content.mediaType().isEmpty() ? media.mediaType() : content.mediaType();
      file = new Attachment(store, media.url(), fileName(name, media.kind()), safe(type));
    }
    MimeBodyPart part = new MimeBodyPart();
    part.setDataHandler(new DataHandler(file));
    part.setFileName(file.getName());
    part.setDisposition(jakarta.mail.Part.ATTACHMENT);
    // set here, or the library reads the file once more to find out
    part.setHeader("Content-Transfer-Encoding", "base64");
    return part;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return store.open(url).stream();
  }

  @Override
  public OutputStream getOutputStream() {
    throw new UnsupportedOperationException("an attachment is only read");
  }

  @Override
  public String getContentType() {
    return contentType;
  }

  @Override
  public String getName() {
    return name;
  }

  private static String fileName(String name, Part.MediaKind kind) {
    String safe = OneLine.of(name).replaceAll("[/\\\\\"]", "_");
    return safe.isEmpty() ? kind.name().toLowerCase(java.util.Locale.ROOT) : safe;
  }

  /** A message or multipart type would ask the library to look inside. */
  private static String safe(String mediaType) {
    try {
      ContentType type = new ContentType(OneLine.of(mediaType));
      boolean simple =
          !type.match("multipart/*") && !type.match("message/*") && !type.match("text/*");
      return simple ? type.getBaseType() : text(type);
    } catch (ParseException e) {
      return ANY;
    }
  }

  private static String text(ContentType type) {
    return type.match("text/*") ? type.getBaseType() + "; charset=utf-8" : ANY;
  }
}
