package io.omnihub.channel.email.mime;

import java.util.List;
import java.util.stream.Stream;

/**
 * A mail or a part of one.
 *
 * @param body its bytes, still in their transfer encoding
 * @param children of a multipart; empty for all others
 */
record Entity(Headers headers, Headers.Value type, byte[] body, List<Entity> children) {
  Entity {
    children = List.copyOf(children);
  }

  /** Lower-case media type; {@code text/plain} when the mail says nothing usable. */
  String mediaType() {
    String value = type.value();
    int slash = value.indexOf('/');
    return slash < 1 || slash == value.length() - 1 || value.contains(" ") ? "text/plain" : value;
  }

  boolean is(String mediaType) {
    return mediaType().equals(mediaType);
  }

  boolean isMultipart() {
    return !children.isEmpty();
  }

  byte[] content() {
    return TransferDecoding.decode(body, headers.raw("Content-Transfer-Encoding"));
  }

  /** The content as text with plain line feeds. */
  String text() {
    String text = Charsets.decode(content(), type.parameter("charset"));
    return text.replace("\r\n", "\n").replace('\r', '\n').replace("\0", "").replace("\uFEFF", "");
  }

  /** The name of a file, empty when the part has none. */
  String fileName() {
    Headers.Value disposition = disposition();
    String name = disposition.parameter("filename");
    name = name.isEmpty() ? type.parameter("name") : name;
    name = Headers.clean(name);
    return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  }

  Headers.Value disposition() {
    return Headers.Value.parse(headers.raw("Content-Disposition"));
  }

  String contentId() {
    return headers.raw("Content-ID").replaceAll("[<>\\s]", "");
  }

  /** The mail that a {@code message/rfc822} or {@code text/rfc822-headers} part holds. */
  Entity embedded() {
    return new MimeParser().parse(content());
  }

  /** This and all below it, in order. */
  Stream<Entity> all() {
    return Stream.concat(Stream.of(this), children.stream().flatMap(Entity::all));
  }
}
