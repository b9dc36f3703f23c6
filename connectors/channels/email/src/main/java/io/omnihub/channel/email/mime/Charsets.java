package io.omnihub.channel.email.mime;

import com.ibm.icu.text.CharsetDetector;
import com.ibm.icu.text.CharsetMatch;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns bytes into text although the declared charset is wrong, missing or unknown. A label stands
 * for the largest charset that mailers mean by it: {@code gb2312} for GB18030, {@code iso-8859-1}
 * for windows-1252 (WHATWG Encoding Standard, section 4.2).
 */
final class Charsets {
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final Charset ISO_2022_JP = Charset.forName("x-windows-50221");
  private static final int SURE_ENOUGH = 20;
  private static final int SAMPLE = 64 * 1024;

  private static final Map<String, String> MEANT =
      Map.ofEntries(
          Map.entry("gb2312", "GB18030"),
          Map.entry("gb_2312-80", "GB18030"),
          Map.entry("gbk", "GB18030"),
          Map.entry("x-gbk", "GB18030"),
          Map.entry("cp936", "GB18030"),
          Map.entry("euc-cn", "GB18030"),
          Map.entry("big5", "Big5-HKSCS"),
          Map.entry("iso-8859-1", "windows-1252"),
          Map.entry("latin1", "windows-1252"),
          Map.entry("iso8859-1", "windows-1252"),
          Map.entry("iso-8859-9", "windows-1254"),
          Map.entry("iso-8859-11", "x-windows-874"),
          Map.entry("tis-620", "x-windows-874"),
          Map.entry("iso-8859-8-i", "ISO-8859-8"),
          Map.entry("iso-8859-8-e", "ISO-8859-8"),
          Map.entry("shift_jis", "windows-31J"),
          Map.entry("shift-jis", "windows-31J"),
          Map.entry("sjis", "windows-31J"),
          Map.entry("x-sjis", "windows-31J"),
          Map.entry("ms932", "windows-31J"),
          Map.entry("cp932", "windows-31J"),
          Map.entry("euc-jp", "x-eucJP-Open"),
          Map.entry("iso-2022-jp", "x-windows-50221"),
          Map.entry("iso-2022-jp-ms", "x-windows-50221"),
          Map.entry("cp50220", "x-windows-50221"),
          Map.entry("cp50221", "x-windows-50221"),
          Map.entry("iso-2022-jp-1", "ISO-2022-JP-2"),
          Map.entry("ks_c_5601-1987", "MS949"),
          Map.entry("ks_c_5601-1989", "MS949"),
          Map.entry("ks_c_5601", "MS949"),
          Map.entry("ksc5601", "MS949"),
          Map.entry("euc-kr", "MS949"),
          Map.entry("cp949", "MS949"),
          Map.entry("macintosh", "x-MacRoman"),
          Map.entry("utf8", "UTF-8"),
          Map.entry("utf-8-sig", "UTF-8"));

  private static final List<String> SAYING_NOTHING =
      List.of(
          "",
          "us-ascii",
          "ascii",
          "ansi_x3.4-1968",
          "7bit",
          "8bit",
          "binary",
          "unknown-8bit",
          "x-unknown",
          "default",
          "default_charset",
          "unknown");

  private static final Pattern UTF7_RUN = Pattern.compile("\\+([A-Za-z0-9+/]*)-?");
  private static final Pattern JAPANESE_ESCAPE = Pattern.compile("\u001b\\$[@B]|\u001b\\([IJ]");

  private Charsets() {}

  /** The text of the bytes; what cannot be read at all becomes U+FFFD. */
  static String decode(byte[] bytes, String declared) {
    String label = label(declared);
    if (label.equals("utf-7") || label.equals("unicode-1-1-utf-7")) {
      return utf7(new String(bytes, StandardCharsets.ISO_8859_1));
    }
    if (label.startsWith("iso-2022-jp") || (saysNothing(label) && isJapaneseEscaped(bytes))) {
      return japanese(bytes, label);
    }
    if (isAscii(bytes) && !label.startsWith("utf-16") && !label.startsWith("iso-2022")) {
      return new String(bytes, StandardCharsets.US_ASCII);
    }
    Optional<Charset> named = saysNothing(label) ? Optional.empty() : named(label);
    if (named.isEmpty() || named.get().equals(WINDOWS_1252)) {
      Optional<String> utf8 = strict(bytes, StandardCharsets.UTF_8);
      return utf8.orElseGet(
          () -> named.map(c -> new String(bytes, c)).orElseGet(() -> detected(bytes)));
    }
    return strict(bytes, named.get()).orElseGet(() -> repaired(bytes, named.get()));
  }

  /** The charset that a label means, when the platform has it. */
  static Optional<Charset> named(String declared) {
    String label = label(declared);
    try {
      return Optional.of(Charset.forName(MEANT.getOrDefault(label, label)));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return Optional.empty();
    }
  }

  private static String label(String declared) {
    return declared.strip().replaceAll("[\"';,\\s]", "").toLowerCase(Locale.ROOT);
  }

  private static boolean saysNothing(String label) {
    return SAYING_NOTHING.contains(label);
  }

  /** The label was a lie or a few bytes are broken: whichever reading loses least. */
  private static String repaired(byte[] bytes, Charset named) {
    Optional<String> utf8 = strict(bytes, StandardCharsets.UTF_8);
    if (utf8.isPresent()) {
      return utf8.get();
    }
    String asDeclared = new String(bytes, named);
    long lost = asDeclared.chars().filter(c -> c == '\uFFFD').count();
    long foreign = asDeclared.chars().filter(c -> c > 127).count();
    return lost * 5 < foreign ? asDeclared : detected(bytes);
  }

  private static String detected(byte[] bytes) {
    CharsetDetector detector = new CharsetDetector();
    detector.setText(bytes.length > SAMPLE ? Arrays.copyOf(bytes, SAMPLE) : bytes);
    for (CharsetMatch match : detector.detectAll()) {
      Optional<Charset> charset = named(match.getName());
      if (match.getConfidence() < SURE_ENOUGH) {
        break;
      }
      if (charset.isPresent() && strict(bytes, charset.get()).isPresent()) {
        return new String(bytes, charset.get());
      }
    }
    return new String(bytes, WINDOWS_1252);
  }

  private static String japanese(byte[] bytes, String label) {
    List<Charset> candidates =
        label.equals("iso-2022-jp-2")
            ? List.of(Charset.forName("ISO-2022-JP-2"), ISO_2022_JP)
            : List.of(ISO_2022_JP, Charset.forName("ISO-2022-JP-2"));
    for (Charset candidate : candidates) {
      Optional<String> text = strict(bytes, candidate);
      if (text.isPresent()) {
        return text.get();
      }
    }
    boolean eightBit = !isAscii(bytes);
    return eightBit && !isJapaneseEscaped(bytes) ? detected(bytes) : new String(bytes, ISO_2022_JP);
  }

  private static boolean isJapaneseEscaped(byte[] bytes) {
    return isAscii(bytes)
        && JAPANESE_ESCAPE.matcher(new String(bytes, StandardCharsets.US_ASCII)).find();
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte value : bytes) {
      if (value < 0) {
        return false;
      }
    }
    return true;
  }

  private static Optional<String> strict(byte[] bytes, Charset charset) {
    try {
      return Optional.of(
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** RFC 2152, which Java does not know. */
  private static String utf7(String text) {
    Matcher run = UTF7_RUN.matcher(text);
    StringBuilder result = new StringBuilder();
    while (run.find()) {
      run.appendReplacement(result, Matcher.quoteReplacement(utf7Run(run.group(1))));
    }
    return run.appendTail(result).toString();
  }

  private static String utf7Run(String base64) {
    if (base64.isEmpty()) {
      return "+";
    }
    String whole = base64.length() % 4 == 1 ? base64.substring(0, base64.length() - 1) : base64;
    byte[] bytes = Base64.getDecoder().decode(whole);
    return new String(bytes, 0, bytes.length & ~1, StandardCharsets.UTF_16BE);
  }
}
