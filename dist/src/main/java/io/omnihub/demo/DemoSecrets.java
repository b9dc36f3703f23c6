package io.omnihub.demo;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Secrets between the hub and its simulators, drawn at every start.
 *
 * @param visitorSecret with which the shop signs who sits in front of the web chat
 */
record DemoSecrets(
    String telegramToken,
    String telegramSecret,
    String mailPassword,
    String partnerSecret,
    String visitorSecret) {

  private static final SecureRandom RANDOM = new SecureRandom();

  static DemoSecrets draw() {
    return new DemoSecrets(
        "4711:" + text(),
        text(),
        text(),
        "whsec_" + Base64.getEncoder().encodeToString(bytes()),
        text());
  }

  /** Letters and digits that nobody guesses. */
  static String text() {
    return HexFormat.of().formatHex(bytes());
  }

  /** What the shop says of a user who is logged in. */
  String signature(String user) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(visitorSecret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(user.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  private static byte[] bytes() {
    byte[] bytes = new byte[24];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  @Override
  public String toString() {
    return "DemoSecrets";
  }
}
