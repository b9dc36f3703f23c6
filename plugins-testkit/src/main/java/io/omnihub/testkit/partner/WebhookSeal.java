package io.omnihub.testkit.partner;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Standard Webhooks as the other side of the hub does it; written apart from the hub's own code, so
 * that a mistake in one shows in the other.
 */
public final class WebhookSeal {
  private final byte[] key;

  /** Takes a secret that begins with {@code whsec_}. */
  public WebhookSeal(String secret) {
    key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
  }

  /** The three headers of a signed request. */
  public Map<String, String> headers(String id, Instant now, byte[] body) {
    String timestamp = Long.toString(now.getEpochSecond());
    return Map.of(
        "webhook-id", id,
        "webhook-timestamp", timestamp,
        "webhook-signature", signature(id, timestamp, body));
  }

  /** Whether a request with these lower-case headers was signed with the secret, at any time. */
  public boolean holds(Map<String, String> headers, byte[] body) {
    String id = headers.getOrDefault("webhook-id", "");
    String timestamp = headers.getOrDefault("webhook-timestamp", "");
    return signature(id, timestamp, body).equals(headers.get("webhook-signature"));
  }

  private String signature(String id, String timestamp, byte[] body) {
    byte[] start = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
    byte[] signed = new byte[start.length + body.length];
    System.arraycopy(start, 0, signed, 0, start.length);
    System.arraycopy(body, 0, signed, start.length, body.length);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
