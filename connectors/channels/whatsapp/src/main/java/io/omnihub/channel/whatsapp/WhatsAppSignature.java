package io.omnihub.channel.whatsapp;

import io.omnihub.api.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Verifies {@code X-Hub-Signature-256}: {@code sha256=} and the hex of an HMAC-SHA256 with the
 * app's secret, over the bytes as they are on the wire. Meta escapes what is not ASCII before it
 * signs, so a body that was parsed and written again does not verify.
 *
 * <p>https://developers.facebook.com/docs/graph-api/webhooks/getting-started#validate-payloads
 */
final class WhatsAppSignature {
  static final String HEADER = "x-hub-signature-256";

  private static final String ALGORITHM = "HmacSHA256";
  private static final String PREFIX = "sha256=";

  private final SecretKeySpec key;

  WhatsAppSignature(Secret secret) {
    key = new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  /** Compares in constant time; a header that is missing does not hold. */
  boolean holds(String header, byte[] body) {
    return header != null
        && MessageDigest.isEqual(
            of(body).getBytes(StandardCharsets.UTF_8), header.getBytes(StandardCharsets.UTF_8));
  }

  private String of(byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return PREFIX + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
