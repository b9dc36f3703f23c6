package io.omnihub.testkit.whatsapp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.testkit.simulator.SimulatedReply;
import io.omnihub.testkit.simulator.SimulatedRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files, and the links to them, which die after five minutes. Not safe for threads. */
final class MediaShelf {
  private static final Duration LINK_LIVES = Duration.ofMinutes(5);
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)");
  private static final Pattern TYPE =
      Pattern.compile("name=\"type\"[^\\n]*\\r\\n(?:[^\\r\\n]+\\r\\n)*\\r\\n([^\\r\\n]+)");

  private final Clock clock;
  private final Map<String, StoredFile> files = new HashMap<>();
  private final Map<String, Link> links = new HashMap<>();
  private long number = 1000;

  MediaShelf(Clock clock) {
    this.clock = clock;
  }

  /** A file that WhatsApp has. */
  record StoredFile(String mediaType, byte[] content) {}

  private record Link(String id, Instant until) {}

  String add(StoredFile file) {
    String id = Long.toString(number++);
    files.put(id, file);
    return id;
  }

  void remove(String id) {
    files.remove(id);
  }

  StoredFile file(String id) {
    StoredFile file = files.get(id);
    if (file == null) {
      throw new GraphRefusal(400, 100, "Object with ID '" + id + "' does not exist");
    }
    return file;
  }

  /** Keeps what a form holds. */
  String upload(SimulatedRequest request) {
    // One character a byte, so that positions in the text are positions in the body.
    String form = new String(request.body(), StandardCharsets.ISO_8859_1);
    Matcher boundary = BOUNDARY.matcher(request.headers().getOrDefault("content-type", ""));
    Matcher type = TYPE.matcher(form);
    int file = form.indexOf("name=\"file\"");
    if (!boundary.find() || !type.find() || file < 0) {
      throw new GraphRefusal(400, 100, "Param file and type are required");
    }
    int from = form.indexOf("\r\n\r\n", file) + 4;
    int end = form.indexOf("\r\n--" + boundary.group(1), from);
    byte[] content = form.substring(from, end).getBytes(StandardCharsets.ISO_8859_1);
    return add(new StoredFile(type.group(1), content));
  }

  ObjectNode link(String id, String base) {
    StoredFile file = file(id);
    String token = Long.toString(number++);
    links.put(token, new Link(id, clock.instant().plus(LINK_LIVES)));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("messaging_product", "whatsapp").put("url", base + "/download/" + token);
    answer.put("mime_type", file.mediaType()).put("file_size", file.content().length);
    return answer.put("id", id);
  }

  SimulatedReply download(String token) {
    Link link = links.get(token);
    if (link == null || !link.until().isAfter(clock.instant())) {
      return SimulatedReply.empty(404);
    }
    StoredFile file = file(link.id());
    return new SimulatedReply(200, Map.of("Content-Type", file.mediaType()), file.content());
  }
}
