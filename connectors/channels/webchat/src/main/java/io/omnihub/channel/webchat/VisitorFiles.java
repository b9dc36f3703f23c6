package io.omnihub.channel.webchat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.api.connector.MediaStore;
import io.omnihub.api.json.HubJson;
import io.omnihub.api.model.Part;
import io.omnihub.channel.webchat.WebchatErrors.Reason;
import io.omnihub.channel.webchat.WebchatErrors.Refusal;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Files that visitors send and load. */
final class VisitorFiles {
  static final int MAX_BYTES = 20 << 20;

  /** Pictures that hold no script; SVG is not among them. */
  private static final Set<String> PLAIN_IMAGES =
      Set.of("image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp");

  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[\\w.+-]{1,100}/[\\w.+-]{1,100}(?:;[ -~]{0,100})?");
  private static final Pattern NOT_IN_NAMES = Pattern.compile("[\\p{Cntrl}/\\\\:*?\"<>|]+");
  private static final int MAX_NAME = 200;
  private static final String ANY_TYPE = "application/octet-stream";

  private final MediaStore media;
  private final FileLinks links;

  VisitorFiles(MediaStore media, FileLinks links) {
    this.media = media;
    this.links = links;
  }

  WebReply upload(Visitor visitor, WebRequest request) throws Refusal, IOException {
    if (request.body().length == 0) {
      throw new Refusal(Reason.BAD_REQUEST, "the file is empty");
    }
    if (request.body().length > MAX_BYTES) {
      throw tooLarge();
    }
    String name = fileName(request.fileName());
    try {
      MediaStore.Stored stored =
          media.store(
              new ByteArrayInputStream(request.body()), name, mediaType(request.mediaType()));
      ObjectNode answer =
          HubJson.mapper()
              .createObjectNode()
              .put("url", links.link(stored.url(), visitor))
              .put("mediaType", stored.mediaType())
              .put("size", stored.size())
              .put("name", name);
      return WebReply.json(answer);
    } catch (MediaStore.TooLarge e) {
      throw tooLarge();
    }
  }

  WebReply serve(String id, Map<String, String> query) throws Refusal, IOException {
    String url = links.attachment(id, query).orElseThrow(VisitorFiles::forbidden);
    try (MediaStore.Content content = media.open(url)) {
      return new WebReply(200, content.stream().readAllBytes(), headers(content));
    } catch (FileNotFoundException e) {
      throw new Refusal(Reason.NOT_FOUND, "there is no such file any more");
    }
  }

  /** A medium of a visitor's message as the hub knows it, whatever else the browser says of it. */
  Part.Media resolve(Part.Media sent, Visitor visitor) throws Refusal {
    String url =
        links
            .attachmentOf(sent.url(), visitor)
            .orElseThrow(
                () -> new Refusal(Reason.BAD_FRAME, "a media url must be one of your uploads"));
    try (MediaStore.Content content = media.open(url)) {
      return new Part.Media(
          Part.MediaKind.ofMediaType(content.mediaType()),
          url,
          content.mediaType(),
          content.size(),
          content.name(),
          sent.caption());
    } catch (FileNotFoundException e) {
      throw new Refusal(Reason.BAD_FRAME, "there is no such file any more");
    } catch (IOException e) {
      throw new Refusal(Reason.BUSY, "the file cannot be read now");
    }
  }

  private static Map<String, String> headers(MediaStore.Content content) {
    String type = mediaType(content.mediaType());
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", type);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Content-Security-Policy", "sandbox; default-src 'none'");
    headers.put("Cross-Origin-Resource-Policy", "cross-origin");
    headers.put("Cache-Control", "private, max-age=86400, immutable");
    if (!PLAIN_IMAGES.contains(type)) {
      String name =
          URLEncoder.encode(fileName(content.name()), StandardCharsets.UTF_8).replace("+", "%20");
      headers.put(
          "Content-Disposition",
          "attachment" + (name.isEmpty() ? "" : "; filename*=UTF-8''" + name));
    }
    return headers;
  }

  private static String mediaType(String given) {
    return MEDIA_TYPE.matcher(given).matches() ? given : ANY_TYPE;
  }

  private static String fileName(String encoded) {
    String name = WebRequest.decoded(encoded, encoded);
    String clean = NOT_IN_NAMES.matcher(name).replaceAll("_").strip();
    return clean.length() <= MAX_NAME ? clean : clean.substring(clean.length() - MAX_NAME);
  }

  private static Refusal forbidden() {
    return new Refusal(Reason.FORBIDDEN, "the address is not signed for this file");
  }

  private static Refusal tooLarge() {
    return new Refusal(Reason.TOO_LARGE, "files may have at most " + MAX_BYTES + " bytes");
  }
}
