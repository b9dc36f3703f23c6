package io.omnihub.core.store;

import java.util.Locale;

/**
 * Searching for a part of a text without regard to case. The database folds ASCII only, so columns
 * that are searched keep their folded form beside them.
 */
public final class Like {
  private Like() {}

  /** A text as it is compared. */
  public static String fold(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** The pattern for {@code LIKE ? ESCAPE '!'} of texts that hold the words. */
  public static String holding(String words) {
    return "%" + fold(words).replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
  }
}
