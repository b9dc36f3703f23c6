package io.omnihub.core.http.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What a caller names a request, so that it can be repeated without happening twice.
 *
 * @param text the name, 1 to 255 printable ASCII characters; empty when the request has none
 * @param digest of method, address and body: the same name for another request is a mistake
 */
public record IdempotencyKey(String text, String digest) {
  /** A request without a name. */
  public static final IdempotencyKey NONE = new IdempotencyKey("", "");

  private static final Pattern PRINTABLE = Pattern.compile("[ -~]{1,255}");

  /**
   * Reads the header of a request.
   *
   * @throws Problem 400 when it is no key
   */
  public static IdempotencyKey of(String header, String method, String address, byte[] body) {
    if (!PRINTABLE.matcher(header).matches()) {
      throw Problem.badRequest("Idempotency-Key: expected 1 to 255 printable ASCII characters");
    }
    return new IdempotencyKey(header, digest(method + " " + address + "\n", body));
  }

  boolean given() {
    return !text.isEmpty();
  }

  private static String digest(String head, byte[] body) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(head.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sha256.digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
