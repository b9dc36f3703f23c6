package io.omnihub.core.media;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.api.connector.MediaStore;
import io.omnihub.api.json.HubJson;
import io.omnihub.api.model.Part;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the media of a message into the hub before the message is stored or sent. What cannot be
 * had stays in the message as an unsupported part that says why, so that nobody waits for it and
 * nobody misses it.
 */
public final class MediaIntake implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MediaIntake.class);
  private static final int ATTEMPTS = 2;

  private final BlobStore blobs;
  private final MediaFetcher fetcher;
  private final ConnectorMedia connectors;

  public MediaIntake(BlobStore blobs, boolean allowPrivate, ConnectorMedia connectors) {
    this.blobs = blobs;
    this.connectors = connectors;
    fetcher = new MediaFetcher(allowPrivate);
  }

  /** Asks an account's connector for the bytes behind its own reference. */
  public interface ConnectorMedia {
    MediaStore.Content open(String account, String reference) throws IOException;
  }

  /** Whether all media of the parts are in the hub already. */
  public static boolean isComplete(List<Part> parts) {
    return parts.stream().noneMatch(MediaIntake::isOutside);
  }

  /** Parts whose media are all in the hub. Blocks while it fetches. */
  public List<Part> take(String account, List<Part> parts) {
    if (isComplete(parts)) {
      return parts;
    }
    return parts.stream()
        .map(part -> isOutside(part) ? fetch(account, (Part.Media) part) : part)
        .toList();
  }

  private static boolean isOutside(Part part) {
    return part instanceof Part.Media media && !media.url().startsWith(BlobStore.URL_PREFIX);
  }

  private Part fetch(String account, Part.Media media) {
    String reason = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        MediaStore.Stored stored = fetchOnce(account, media);
        return media.at(stored.url(), stored.mediaType(), stored.size());
      } catch (MediaStore.TooLarge e) {
        return missing(media, "media-too-large");
      } catch (IOException | IllegalArgumentException | IllegalStateException e) {
        reason = e.getClass().getSimpleName();
      }
    }
    LOG.warn("an attachment of account {} could not be fetched: {}", account, reason);
    return missing(media, "media-unavailable");
  }

  private MediaStore.Stored fetchOnce(String account, Part.Media media) throws IOException {
    if (media.url().startsWith(Part.Media.FETCH)) {
      try (MediaStore.Content content =
          connectors.open(account, media.url().substring(Part.Media.FETCH.length()))) {
        String name = media.name().isEmpty() ? content.name() : media.name();
        String type = media.mediaType().isEmpty() ? content.mediaType() : media.mediaType();
        return blobs.store(content.stream(), name, type);
      }
    }
    return fetcher.fetch(
        media.url(),
        (bytes, type) ->
            blobs.store(
                bytes, media.name(), media.mediaType().isEmpty() ? type : media.mediaType()));
  }

  private static Part missing(Part.Media media, String reason) {
    ObjectNode raw = HubJson.mapper().createObjectNode();
    raw.put("reason", reason);
    raw.put("kind", HubJson.mapper().convertValue(media.kind(), String.class));
    raw.put("name", media.name());
    raw.put("mediaType", media.mediaType());
    raw.put("caption", media.caption());
    return new Part.Unsupported("media", raw);
  }

  @Override
  public void close() throws IOException {
    fetcher.close();
  }
}
