package io.omnihub.channel.smpp;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The customary text of a receipt (SMPP 3.4, appendix B), in whatever dialect. Fields that are not
 * there are empty.
 *
 * @param stat in capitals, such as DELIVRD
 * @param delivered how many parts arrived
 */
record ReceiptText(String id, String stat, String err, String delivered) {
  private static final Pattern MESSAGE = Pattern.compile("(?is)(^|[\\s,;])text\\s*:.*");
  private static final String NEXT_FIELD =
      "(?=[\\s,;]*(?:sub|dlvrd|submit[ _]date|done[ _]date|stat|err|id)\\s*[:=]|[\\s,;]|$)";

  private static final Pattern ID = field("(?:id|messageid|message_id)");
  private static final Pattern STAT = field("(?:stat|status|state)");
  private static final Pattern ERR = field("(?:err|error)");
  private static final Pattern DELIVERED = field("dlvrd");

  /** Never fails; what looks like no receipt gives empty fields. */
  static ReceiptText parse(String text) {
    String fields = MESSAGE.matcher(text).replaceFirst("");
    return new ReceiptText(
        value(ID, fields),
        value(STAT, fields).toUpperCase(Locale.ROOT),
        value(ERR, fields),
        value(DELIVERED, fields));
  }

  private static Pattern field(String name) {
    return Pattern.compile("(?i)(?:^|[\\s,;])" + name + "\\s*[:=]\\s*([^\\s,;]+?)" + NEXT_FIELD);
  }

  private static String value(Pattern field, String text) {
    Matcher found = field.matcher(text);
    return found.find() ? found.group(1) : "";
  }
}
