package io.omnihub.testkit.telegram;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes a {@code multipart/form-data} body apart; no more than clients of the Bot API send. */
final class MultipartBody {
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)");
  private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");
  private static final Pattern FILENAME = Pattern.compile("filename=\"([^\"]*)\"");
  private static final Pattern TYPE =
      Pattern.compile("(?im)^content-type:[ \t]*([^\r\n;]+)[^\r\n]*$");

  private MultipartBody() {}

  /** One field of a form; a file has a file name. */
  record Field(String name, String fileName, String mediaType, byte[] content) {
    boolean isFile() {
      return !fileName.isEmpty();
    }

    String text() {
      return new String(content, StandardCharsets.UTF_8);
    }

    BotCall.Upload upload() {
      return new BotCall.Upload(fileName, mediaType, content);
    }
  }

  static List<Field> read(byte[] body, String contentType) {
    // One character a byte, so that positions in the text are positions in the body.
    String text = new String(body, StandardCharsets.ISO_8859_1);
    String delimiter = "--" + first(BOUNDARY, contentType);
    List<Field> fields = new ArrayList<>();
    int start = text.indexOf(delimiter);
    while (start >= 0) {
      int from = start + delimiter.length() + 2;
      int end = text.indexOf("\r\n" + delimiter, from);
      if (end < 0) {
        break;
      }
      fields.add(field(body, text, from, end));
      start = end + 2;
    }
    return fields;
  }

  private static Field field(byte[] body, String text, int from, int end) {
    int blank = text.indexOf("\r\n\r\n", from);
    String headers = utf8(text.substring(from, blank));
    byte[] content = Arrays.copyOfRange(body, Math.min(blank + 4, end), end);
    return new Field(first(NAME, headers), first(FILENAME, headers), first(TYPE, headers), content);
  }

  private static String utf8(String latin) {
    return new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }
}
