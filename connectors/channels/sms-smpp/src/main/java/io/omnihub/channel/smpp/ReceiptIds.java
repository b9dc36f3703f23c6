package io.omnihub.channel.smpp;

import java.math.BigInteger;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Ids of messages in the one form under which they are compared. Message centres write the same id
 * padded or not, in either case, and in receipts in decimal what they answered in hexadecimal.
 */
final class ReceiptIds {
  private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{1,64}");
  private static final Pattern DECIMAL = Pattern.compile("\\d{1,64}");
  private static final Pattern UUID = Pattern.compile("[0-9A-Fa-f-]{36}");

  private ReceiptIds() {}

  /** How receipts write ids, compared to the answers to submit_sm. */
  enum Dialect {
    /** Not known: everything is tried, the same first. */
    AUTO,
    SAME,
    HEX_TO_DECIMAL,
    DECIMAL_TO_HEX;

    static Dialect of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  /** The form in which the hub keeps it. */
  static String canonical(String id) {
    String bare = id.strip();
    if (HEX.matcher(bare).matches()) {
      String trimmed = bare.toLowerCase(Locale.ROOT).replaceFirst("^0+(?=.)", "");
      return trimmed;
    }
    return UUID.matcher(bare).matches() ? bare.toLowerCase(Locale.ROOT) : bare;
  }

  /** What the ids of a receipt may mean, likeliest first. */
  static List<String> candidates(List<String> ids, Dialect dialect) {
    Set<String> candidates = new LinkedHashSet<>();
    for (String id : ids) {
      candidates.add(
          switch (dialect) {
            case AUTO, SAME -> canonical(id);
            case HEX_TO_DECIMAL -> toHex(id);
            case DECIMAL_TO_HEX -> toDecimal(id);
          });
    }
    if (dialect == Dialect.AUTO) {
      ids.forEach(id -> candidates.add(toHex(id)));
      ids.forEach(id -> candidates.add(toDecimal(id)));
    }
    return List.copyOf(candidates);
  }

  private static String toHex(String id) {
    return DECIMAL.matcher(id.strip()).matches()
        ? new BigInteger(id.strip()).toString(16)
        : canonical(id);
  }

  private static String toDecimal(String id) {
    return HEX.matcher(id.strip()).matches()
        ? new BigInteger(id.strip(), 16).toString()
        : canonical(id);
  }
}
