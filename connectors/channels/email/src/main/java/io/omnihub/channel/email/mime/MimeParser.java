package io.omnihub.channel.email.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Parses one mail. There is no input that it refuses: a multipart without boundaries is text, a
 * missing end is the end of the bytes, and beyond the limits parts stay unparsed.
 */
final class MimeParser {
  private static final int MAX_PARTS = 200;
  private static final int MAX_DEPTH = 20;
  private static final int MAX_FIELDS = 1000;
  private static final int MAX_FIELD_LENGTH = 64 * 1024;
  private static final Pattern FIELD_NAME = Pattern.compile("[!-9;-~]{1,200}[ \t]*");

  private int parts;

  Entity parse(byte[] raw) {
    int start = 0;
    while (start < raw.length && (raw[start] == '\r' || raw[start] == '\n')) {
      start++;
    }
    return entity(raw, start, raw.length, 0, "");
  }

  private record Line(int start, int end, int next) {
    boolean isEmpty() {
      return start == end;
    }
  }

  private record ParsedHeaders(Headers headers, int bodyStart) {}

  private Entity entity(byte[] raw, int from, int to, int depth, String parentType) {
    parts++;
    ParsedHeaders parsed = headers(raw, from, to);
    byte[] body = Arrays.copyOfRange(raw, parsed.bodyStart(), to);
    Headers.Value type = parsed.headers().contentType();
    if (type.value().isEmpty() && parentType.equals("multipart/digest")) {
      type = Headers.Value.parse("message/rfc822");
    }
    boolean split = type.value().startsWith("multipart/") && depth < MAX_DEPTH;
    List<Entity> children = split ? children(body, type, depth) : List.of();
    return new Entity(parsed.headers(), type, body, children);
  }

  private List<Entity> children(byte[] body, Headers.Value type, int depth) {
    String declared = type.parameter("boundary");
    List<int[]> regions = regions(body, declared);
    if (regions.isEmpty()) {
      regions = guessedBoundary(body).map(guess -> regions(body, guess)).orElse(regions);
    }
    List<Entity> children = new ArrayList<>();
    for (int[] region : regions) {
      if (parts >= MAX_PARTS) {
        break;
      }
      children.add(entity(body, region[0], region[1], depth + 1, type.value()));
    }
    return children;
  }

  /** Whether parts were left out because there are too many. */
  boolean isCut() {
    return parts >= MAX_PARTS;
  }

  private static List<int[]> regions(byte[] body, String boundary) {
    List<int[]> regions = new ArrayList<>();
    if (boundary.isEmpty()) {
      return regions;
    }
    byte[] delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    int start = -1;
    int previousEnd = 0;
    for (int at = 0; at < body.length; ) {
      Line line = line(body, at, body.length);
      int closing = delimiterKind(body, line, delimiter);
      if (closing > 0) {
        if (start >= 0) {
          regions.add(new int[] {start, Math.max(start, previousEnd)});
        }
        start = closing == 1 ? line.next() : -1;
        if (closing == 2) {
          return regions;
        }
      }
      previousEnd = line.end();
      at = line.next();
    }
    if (start >= 0 && start < body.length) {
      regions.add(new int[] {start, body.length});
    }
    return regions;
  }

  /** 0: no delimiter, 1: a part begins, 2: the multipart ends. */
  private static int delimiterKind(byte[] body, Line line, byte[] delimiter) {
    int end = line.end();
    while (end > line.start() && (body[end - 1] == ' ' || body[end - 1] == '\t')) {
      end--;
    }
    int length = end - line.start();
    if (length < delimiter.length
        || !Arrays.equals(
            body, line.start(), line.start() + delimiter.length, delimiter, 0, delimiter.length)) {
      return 0;
    }
    int rest = length - delimiter.length;
    if (rest == 0) {
      return 1;
    }
    boolean close = rest == 2 && body[end - 1] == '-' && body[end - 2] == '-';
    return close ? 2 : 0;
  }

  /** A line that looks like a delimiter and comes twice, for mail that lost its parameter. */
  private static Optional<String> guessedBoundary(byte[] body) {
    for (int at = 0; at < body.length; ) {
      Line line = line(body, at, body.length);
      if (line.end() - line.start() > 6
          && body[line.start()] == '-'
          && body[line.start() + 1] == '-') {
        String candidate =
            new String(
                    body,
                    line.start() + 2,
                    line.end() - line.start() - 2,
                    StandardCharsets.ISO_8859_1)
                .stripTrailing();
        Line after = line(body, line.next(), body.length);
        boolean followed =
            new String(
                    body, after.start(), after.end() - after.start(), StandardCharsets.ISO_8859_1)
                .regionMatches(true, 0, "content-", 0, 8);
        if (followed) {
          return Optional.of(candidate);
        }
      }
      at = line.next();
    }
    return Optional.empty();
  }

  private static ParsedHeaders headers(byte[] raw, int from, int to) {
    List<Headers.Field> fields = new ArrayList<>();
    StringBuilder current = new StringBuilder();
    int at = from;
    while (at < to && fields.size() < MAX_FIELDS) {
      Line line = line(raw, at, to);
      if (line.isEmpty()) {
        at = line.next();
        break;
      }
      String text =
          new String(raw, line.start(), line.end() - line.start(), StandardCharsets.ISO_8859_1);
      boolean mailbox = at == from && text.matches(">?From +[^: ].*");
      if (!mailbox && isField(text)) {
        close(current, fields);
        current.append(text);
      } else if (isFolded(text) || (current.length() > 0 && headersGoOn(raw, line.next(), to))) {
        append(current, text);
      } else if (!mailbox) {
        break;
      }
      at = line.next();
    }
    close(current, fields);
    return new ParsedHeaders(new Headers(fields), at);
  }

  private static boolean isFolded(String line) {
    return line.charAt(0) == ' ' || line.charAt(0) == '\t';
  }

  private static boolean isField(String line) {
    int colon = line.indexOf(':');
    return colon > 0 && FIELD_NAME.matcher(line.substring(0, colon)).matches();
  }

  /** Whether a line that is no header stands among headers; otherwise the body begins at once. */
  private static boolean headersGoOn(byte[] raw, int from, int to) {
    Line next = line(raw, from, to);
    if (next.isEmpty()) {
      return false;
    }
    String text =
        new String(raw, next.start(), next.end() - next.start(), StandardCharsets.ISO_8859_1);
    return isField(text) || isFolded(text);
  }

  private static void append(StringBuilder current, String folded) {
    if (current.length() > 0 && current.length() < MAX_FIELD_LENGTH) {
      current.append(' ').append(folded.stripLeading());
    }
  }

  private static void close(StringBuilder current, List<Headers.Field> fields) {
    if (current.length() > 0) {
      int colon = current.indexOf(":");
      String value = current.substring(colon + 1, Math.min(current.length(), MAX_FIELD_LENGTH));
      fields.add(new Headers.Field(current.substring(0, colon).strip(), value.replace("\0", "")));
      current.setLength(0);
    }
  }

  /** A line ends with LF, CRLF or a bare CR. */
  private static Line line(byte[] raw, int from, int to) {
    for (int i = from; i < to; i++) {
      if (raw[i] == '\n') {
        return new Line(from, i, i + 1);
      }
      if (raw[i] == '\r') {
        return new Line(from, i, i + 1 < to && raw[i + 1] == '\n' ? i + 2 : i + 1);
      }
    }
    return new Line(from, to, to);
  }
}
