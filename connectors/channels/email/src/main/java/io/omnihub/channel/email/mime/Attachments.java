package io.omnihub.channel.email.mime;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.omnihub.api.connector.MediaStore;
import io.omnihub.api.model.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stores the attachments of one mail. A file that the hub does not keep is named all the same. */
final class Attachments {
  private final MediaStore media;
  private final List<Part> parts = new ArrayList<>();
  private final Map<String, String> urls = new LinkedHashMap<>();

  Attachments(MediaStore media) {
    this.media = media;
  }

  /** The stored files, in their order in the mail. */
  List<Part> parts() {
    return parts;
  }

  /** Where a part is kept, by its content id and its content location. */
  Map<String, String> urls() {
    return urls;
  }

  /**
   * @throws UncheckedIOException when the store is away: then the mail has to be read again later
   */
  void add(Entity part) {
    String mediaType = part.mediaType();
    String name = name(part, mediaType);
    try {
      MediaStore.Stored stored =
          media.store(new ByteArrayInputStream(part.content()), name, mediaType);
      String type =
          stored.mediaType() == null || stored.mediaType().isBlank()
              ? mediaType
              : stored.mediaType();
      parts.add(new Part.Media(kind(mediaType, type), stored.url(), type, stored.size(), name, ""));
      remember(part.contentId(), stored.url());
      remember(part.headers().raw("Content-Location"), stored.url());
    } catch (MediaStore.TooLarge e) {
      leftOut("attachment-too-large", name, mediaType);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says that something is missing here. */
  void leftOut(String reason, String name, String mediaType) {
    parts.add(
        new Part.Unsupported(
            reason,
            JsonNodeFactory.instance.objectNode().put("name", name).put("mediaType", mediaType)));
  }

  private void remember(String reference, String url) {
    if (!reference.isEmpty()) {
      urls.putIfAbsent(reference, url);
    }
  }

  /** A text that merely looks like a picture is still a file: both sides must agree. */
  private static Part.MediaKind kind(String declared, String found) {
    Part.MediaKind kind = Part.MediaKind.ofMediaType(found);
    boolean unsure = declared.startsWith("text/") || declared.startsWith("message/");
    return unsure ? Part.MediaKind.FILE : kind;
  }

  private static String name(Entity part, String mediaType) {
    String name = part.fileName();
    if (!name.isEmpty()) {
      return name;
    }
    return switch (mediaType) {
      case "message/rfc822" -> subject(part) + ".eml";
      case "text/calendar" -> "invite.ics";
      case "application/ms-tnef" -> "winmail.dat";
      case "text/rfc822-headers" -> "headers.txt";
      case "message/delivery-status" -> "delivery-status.txt";
      default -> located(part.headers().raw("Content-Location"));
    };
  }

  private static String located(String location) {
    String last = location.substring(location.lastIndexOf('/') + 1);
    return last.indexOf('.') > 0 ? Headers.clean(last) : "";
  }

  private static String subject(Entity part) {
    String subject = part.embedded().headers().text("Subject").replaceAll("[\\\\/:*?\"<>|]+", " ");
    String shown = subject.substring(0, Math.min(subject.length(), 80)).strip();
    return shown.isEmpty() ? "message" : shown;
  }
}
