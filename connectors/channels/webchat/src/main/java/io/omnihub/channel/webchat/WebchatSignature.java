package io.omnihub.channel.webchat;

import io.omnihub.api.connector.AccountState;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA256 with the account's own random key, compared in constant time. Each purpose signs in a
 * space of its own, so that a signature of one never passes for another.
 */
final class WebchatSignature {
  private static final String STATE_KEY = "webchat.key";
  private static final int KEY_BYTES = 32;

  private final byte[] key;

  WebchatSignature(byte[] key) {
    this.key = key.clone();
  }

  /** The account's key; the first start draws it. */
  static WebchatSignature of(AccountState state) {
    if (state.get(STATE_KEY).isEmpty()) {
      byte[] fresh = new byte[KEY_BYTES];
      new SecureRandom().nextBytes(fresh);
      state.put(STATE_KEY, Base64.getEncoder().encodeToString(fresh));
    }
    return new WebchatSignature(Base64.getDecoder().decode(state.get(STATE_KEY).orElseThrow()));
  }

  /** In URL-safe base64 without padding. */
  String sign(Purpose purpose, String text) {
    byte[] mac = hmac(key, purpose + "\n" + text);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
  }

  boolean verify(Purpose purpose, String text, String signature) {
    return equal(sign(purpose, text), signature);
  }

  /** Whether a shop has signed this user id with its secret. */
  static boolean userSigned(String secret, String user, String hex) {
    String expected = HexFormat.of().formatHex(hmac(secret.getBytes(StandardCharsets.UTF_8), user));
    return equal(expected, hex.toLowerCase(Locale.ROOT));
  }

  private static boolean equal(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has HmacSHA256", e);
    }
  }

  /** What a signature is for. */
  enum Purpose {
    TOKEN,
    FILE,
    VISITOR
  }
}
