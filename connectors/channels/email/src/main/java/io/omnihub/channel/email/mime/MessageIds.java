package io.omnihub.channel.email.mime;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Message-IDs with their brackets, and the keys made of them. */
final class MessageIds {
  private static final int MOST_REFERENCES = 50;
  private static final int LONGEST_KEY = 255;
  private static final Pattern BRACKETED = Pattern.compile("<([^<>]{1,2000})>");
  private static final Pattern BARE = Pattern.compile("[^\\s<>@\"(),;]+@[^\\s<>@\"(),;]+");

  private MessageIds() {}

  /** The ids in a header value, in order; ids without brackets get them. */
  static List<String> in(String raw) {
    List<String> ids = new ArrayList<>();
    Matcher bracketed = BRACKETED.matcher(raw);
    while (bracketed.find()) {
      String id = bracketed.group(1).replaceAll("[\\s\\p{Cntrl}]", "");
      if (!id.isEmpty()) {
        ids.add("<" + id + ">");
      }
    }
    Matcher bare = BARE.matcher(raw);
    while (ids.isEmpty() && bare.find()) {
      ids.add("<" + bare.group() + ">");
    }
    return ids;
  }

  /** The mail's own id, empty when it has no usable one. */
  static String own(Headers headers) {
    return headers.all("Message-ID").stream()
        .flatMap(raw -> in(raw).stream())
        .findFirst()
        .orElseGet(() -> unusual(headers.raw("Message-ID")));
  }

  private static String unusual(String raw) {
    String text = raw.replaceAll("[<>\\s\\p{Cntrl}]", "");
    return text.isEmpty() ? "" : "<" + text + ">";
  }

  /**
   * What the mail answers, nearest first: In-Reply-To, then References from the last to the first.
   */
  static List<String> references(Headers headers) {
    Set<String> ids = new LinkedHashSet<>();
    headers.all("In-Reply-To").forEach(raw -> ids.addAll(in(raw)));
    List<String> references = new ArrayList<>();
    headers.all("References").forEach(raw -> references.addAll(in(raw)));
    Collections.reverse(references);
    ids.addAll(references);
    return ids.stream().limit(MOST_REFERENCES).toList();
  }

  /** A key that the hub takes: one that is too long is replaced by its hash. */
  static String key(String kind, String id) {
    String key = kind + "/" + id;
    return key.length() <= LONGEST_KEY ? key : kind + "/sha256-" + sha256(id);
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
