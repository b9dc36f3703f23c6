package io.omnihub.channel.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;

/** Keys of events, and the times that Meta writes. */
final class EventKeys {
  private static final int LONGEST = 200;
  private static final long FIRST_MILLISECONDS = 1_000_000_000_000L;

  private EventKeys() {}

  /** What kind of event about which id; an id that is too long for a key is replaced. */
  static String of(String kind, String id) {
    return kind + "/" + (id.length() > LONGEST ? digest(id) : id);
  }

  /** The same in every process, as keys outlive it. */
  static String digest(JsonNode content) {
    return digest(content.toString());
  }

  private static String digest(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Seconds, as text or number; milliseconds have been seen. Now when there is none. */
  static Instant time(JsonNode timestamp, Clock clock) {
    long number = timestamp.asLong(0);
    try {
      if (number >= FIRST_MILLISECONDS) {
        return Instant.ofEpochMilli(number);
      }
      return number > 0 ? Instant.ofEpochSecond(number) : clock.instant();
    } catch (DateTimeException beyondTime) {
      return clock.instant();
    }
  }
}
