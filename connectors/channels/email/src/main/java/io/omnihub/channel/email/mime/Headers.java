package io.omnihub.channel.email.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The header fields of a mail or part, in their order, as raw bytes: one char a byte, unfolded. */
record Headers(List<Field> fields) {
  static final Headers NONE = new Headers(List.of());

  record Field(String name, String raw) {}

  Headers {
    fields = List.copyOf(fields);
  }

  boolean has(String name) {
    return fields.stream().anyMatch(field -> field.name().equalsIgnoreCase(name));
  }

  /** The first of the name, empty when there is none. */
  String raw(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(field -> field.raw().strip())
        .findFirst()
        .orElse("");
  }

  /** All of the name, topmost first. */
  List<String> all(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(field -> field.raw().strip())
        .toList();
  }

  /** The first of the name as readable text. */
  String text(String name) {
    return clean(EncodedWords.decode(raw(name), contentType().parameter("charset")));
  }

  Value contentType() {
    return Value.parse(raw("Content-Type"));
  }

  /** One line without control characters. */
  static String clean(String text) {
    return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
  }

  /**
   * A structured header value with parameters, such as {@code Content-Type}.
   *
   * @param value what stands before the first semicolon, lower case
   * @param parameters by lower-case name; RFC 2231 and the encoded words that mailers put there
   *     against the rules are decoded
   */
  record Value(String value, Map<String, String> parameters) {
    Value {
      parameters = Map.copyOf(parameters);
    }

    static Value parse(String raw) {
      List<String> pieces = pieces(raw);
      Map<String, String> plain = new HashMap<>();
      Map<String, TreeMap<Integer, Segment>> segments = new HashMap<>();
      for (String piece : pieces.subList(Math.min(1, pieces.size()), pieces.size())) {
        int equals = piece.indexOf('=');
        if (equals < 1) {
          continue;
        }
        String name = piece.substring(0, equals).strip().toLowerCase(Locale.ROOT);
        String value = unquoted(piece.substring(equals + 1).strip());
        if (name.indexOf('*') < 0) {
          plain.putIfAbsent(name, value);
        } else {
          addSegment(segments, name, value);
        }
      }
      Map<String, String> parameters = new HashMap<>();
      plain.forEach((name, value) -> parameters.put(name, EncodedWords.decode(value, "")));
      segments.forEach((name, parts) -> parameters.put(name, joined(parts)));
      String value = pieces.isEmpty() ? "" : pieces.get(0).strip().toLowerCase(Locale.ROOT);
      return new Value(value, parameters);
    }

    /** The parameter, empty when there is none. */
    String parameter(String name) {
      return parameters.getOrDefault(name, "").strip();
    }

    private record Segment(String raw, boolean encoded) {}

    private static void addSegment(
        Map<String, TreeMap<Integer, Segment>> segments, String name, String value) {
      String[] words = name.split("\\*", -1);
      int index = 0;
      if (words.length > 1 && words[1].matches("\\d{1,4}")) {
        index = Integer.parseInt(words[1]);
      }
      segments
          .computeIfAbsent(words[0], ignored -> new TreeMap<>())
          .put(index, new Segment(value, name.endsWith("*")));
    }

    private static String joined(TreeMap<Integer, Segment> segments) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      String charset = "";
      for (Map.Entry<Integer, Segment> entry : segments.entrySet()) {
        String raw = entry.getValue().raw();
        if (!entry.getValue().encoded()) {
          bytes.writeBytes(raw.getBytes(StandardCharsets.ISO_8859_1));
          continue;
        }
        int language = raw.indexOf('\'');
        int text = raw.indexOf('\'', language + 1);
        if (entry.getKey() == 0 && language >= 0 && text > language) {
          charset = raw.substring(0, language);
          raw = raw.substring(text + 1);
        }
        bytes.writeBytes(percentDecoded(raw));
      }
      return Charsets.decode(bytes.toByteArray(), charset);
    }

    private static byte[] percentDecoded(String raw) {
      return TransferDecoding.quotedPrintable(
          raw.replace("=", "%3D").replace('%', '=').getBytes(StandardCharsets.ISO_8859_1), false);
    }

    /** Splits at semicolons outside of quotes. */
    private static List<String> pieces(String raw) {
      List<String> pieces = new ArrayList<>();
      StringBuilder piece = new StringBuilder();
      boolean quoted = false;
      for (int i = 0; i < raw.length(); i++) {
        char c = raw.charAt(i);
        if (quoted && c == '\\' && i + 1 < raw.length()) {
          piece.append(c).append(raw.charAt(++i));
          continue;
        }
        quoted ^= c == '"';
        if (c == ';' && !quoted) {
          pieces.add(piece.toString());
          piece.setLength(0);
        } else {
          piece.append(c);
        }
      }
      pieces.add(piece.toString());
      return pieces;
    }

    /**
     * A backslash is kept before anything but a quote or itself: people attach C:\reports\a.pdf.
     */
    private static String unquoted(String value) {
      if (!value.startsWith("\"")) {
        return value;
      }
      int end = value.lastIndexOf('"');
      String inner = end > 0 ? value.substring(1, end) : value.substring(1);
      return inner.replace("\\\"", "\"").replace("\\\\", "\\");
    }
  }
}
