package io.omnihub.channel.webhook;

import io.omnihub.api.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs and verifies after Standard Webhooks, over the bytes as they are on the wire. Several
 * secrets are accepted at once; the first one signs.
 *
 * <p>https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
final class WebhookSignature {
  static final String ID = "webhook-id";
  static final String TIMESTAMP = "webhook-timestamp";
  static final String SIGNATURE = "webhook-signature";

  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final String ALGORITHM = "HmacSHA256";
  private static final String SECRET_PREFIX = "whsec_";
  private static final String VERSION = "v1,";
  private static final Pattern UNIX_SECONDS = Pattern.compile("\\d{1,12}");

  private final List<SecretKeySpec> keys;

  /**
   * Decodes the secrets.
   *
   * @throws IllegalArgumentException when there is none or one is malformed
   */
  WebhookSignature(List<Secret> secrets) {
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("secret: is required, or secrets for several at once");
    }
    keys = secrets.stream().map(WebhookSignature::key).toList();
  }

  /** The signature of a body that goes out. */
  String sign(String id, Instant now, byte[] body) {
    return VERSION + signature(keys.getFirst(), id, Long.toString(now.getEpochSecond()), body);
  }

  /** Whether one of the secrets signed this body no more than five minutes from now. */
  boolean verifies(String id, String timestamp, String signatures, byte[] body, Instant now) {
    if (id == null || timestamp == null || signatures == null || !isFresh(timestamp, now)) {
      return false;
    }
    List<String> given = List.of(signatures.split(" "));
    return keys.stream()
        .map(key -> VERSION + signature(key, id, timestamp, body))
        .anyMatch(expected -> given.stream().anyMatch(one -> isSame(expected, one)));
  }

  private static boolean isFresh(String timestamp, Instant now) {
    if (!UNIX_SECONDS.matcher(timestamp).matches()) {
      return false;
    }
    long distance = Math.abs(now.getEpochSecond() - Long.parseLong(timestamp));
    return distance <= TOLERANCE.toSeconds();
  }

  private static boolean isSame(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  private static String signature(SecretKeySpec key, String id, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  private static SecretKeySpec key(Secret secret) {
    String text = secret.reveal();
    try {
      if (text.startsWith(SECRET_PREFIX)) {
        byte[] bytes = Base64.getDecoder().decode(text.substring(SECRET_PREFIX.length()));
        return new SecretKeySpec(bytes, ALGORITHM);
      }
    } catch (IllegalArgumentException notBase64OrEmpty) {
      // The decoder's message quotes the secret's characters, so it is not kept as the cause.
    }
    throw new IllegalArgumentException(
        "secret: is not a signing secret, expected whsec_ followed by base64");
  }
}
