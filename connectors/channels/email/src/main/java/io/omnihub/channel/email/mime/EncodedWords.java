package io.omnihub.channel.email.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decodes header text (RFC 2047) as mailers write it: neighbouring words are joined before they are
 * decoded, because many split a character over two words, and raw 8-bit text is read too.
 */
final class EncodedWords {
  private static final Pattern WORD =
      Pattern.compile("=\\?([^?*\\s]{1,40})(?:\\*[^?\\s]*)?\\?([bBqQ])\\?([^?]*)\\?=");

  private EncodedWords() {}

  /**
   * The text of a raw header value.
   *
   * @param raw one char a byte
   * @param hint charset of the body, for raw 8-bit text
   */
  static String decode(String raw, String hint) {
    StringBuilder text = new StringBuilder();
    Run run = new Run(text);
    Matcher word = WORD.matcher(raw);
    int end = 0;
    while (word.find()) {
      String between = raw.substring(end, word.start());
      if (!between.isBlank() || end == 0) {
        run.flush();
        text.append(plain(between, hint));
      }
      run.add(word.group(1), word.group(2).toUpperCase(Locale.ROOT), word.group(3));
      end = word.end();
    }
    run.flush();
    return text.append(plain(raw.substring(end), hint)).toString();
  }

  private static String plain(String raw, String hint) {
    return Charsets.decode(raw.getBytes(StandardCharsets.ISO_8859_1), hint);
  }

  /** Words of one charset, side by side. */
  private static final class Run {
    private final StringBuilder text;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final StringBuilder openBase64 = new StringBuilder();
    private String charset = "";

    Run(StringBuilder text) {
      this.text = text;
    }

    void add(String wordCharset, String encoding, String payload) {
      if (!wordCharset.equalsIgnoreCase(charset)) {
        flush();
        charset = wordCharset;
      }
      if (encoding.equals("B")) {
        addBase64(payload);
      } else {
        closeBase64();
        bytes.writeBytes(q(payload));
      }
    }

    /** A word that ends in the middle of a base64 group goes on in the next one. */
    private void addBase64(String payload) {
      openBase64.append(payload);
      if (payload.endsWith("=") || openBase64.length() % 4 == 0) {
        closeBase64();
      }
    }

    private void closeBase64() {
      bytes.writeBytes(
          TransferDecoding.base64(openBase64.toString().getBytes(StandardCharsets.ISO_8859_1)));
      openBase64.setLength(0);
    }

    void flush() {
      closeBase64();
      if (bytes.size() > 0) {
        text.append(Charsets.decode(bytes.toByteArray(), charset));
      }
      bytes.reset();
    }

    private static byte[] q(String payload) {
      return TransferDecoding.quotedPrintable(
          payload.replace('_', ' ').getBytes(StandardCharsets.ISO_8859_1), false);
    }
  }
}
