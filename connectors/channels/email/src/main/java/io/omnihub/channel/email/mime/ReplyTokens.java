package io.omnihub.channel.email.mime;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names a conversation in a reply address so that nobody can guess another's: the 16 bytes of the
 * conversation's UUID and 80 bits of their HMAC-SHA256, as 42 lower-case letters.
 */
public final class ReplyTokens {
  private static final int ID_BYTES = 16;
  private static final int MAC_BYTES = 10;

  /** RFC 5321, section 4.5.3.1.1. */
  private static final int LONGEST_LOCAL_PART = 64;

  private static final String PREFIX = "+c_";
  private static final byte[] PURPOSE = "omnihub-reply-1".getBytes(StandardCharsets.US_ASCII);

  private final SecretKeySpec key;

  /**
   * @throws IllegalArgumentException when the secret is blank
   */
  public ReplyTokens(String secret) {
    if (secret == null || secret.isBlank()) {
      throw new IllegalArgumentException("the secret of the reply tokens must not be blank");
    }
    key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
  }

  /**
   * The token of a conversation.
   *
   * @throws IllegalArgumentException when the id is not a UUID
   */
  public String sign(String conversationId) {
    UUID id = UUID.fromString(conversationId);
    byte[] bytes =
        ByteBuffer.allocate(ID_BYTES)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array();
    return Base32.encode(
        ByteBuffer.allocate(ID_BYTES + MAC_BYTES).put(bytes).put(mac(bytes)).array());
  }

  /** The conversation that the token names, or empty when it is not ours. */
  public Optional<String> verify(String token) {
    byte[] bytes = Base32.decode(token);
    if (bytes.length != ID_BYTES + MAC_BYTES) {
      return Optional.empty();
    }
    byte[] id = Arrays.copyOf(bytes, ID_BYTES);
    byte[] mac = Arrays.copyOfRange(bytes, ID_BYTES, bytes.length);
    if (!MessageDigest.isEqual(mac, mac(id))) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(id);
    return Optional.of(new UUID(buffer.getLong(), buffer.getLong()).toString());
  }

  /**
   * The address to which answers of a conversation go: {@code support+c_TOKEN@example.com}. An
   * address whose local part has no room for a token is given back as it is: such a reply is still
   * found by its references.
   */
  public String replyAddress(String ownAddress, String conversationId) {
    int at = ownAddress.lastIndexOf('@');
    String local = ownAddress.substring(0, Math.max(at, 0)) + PREFIX + sign(conversationId);
    return at < 1 || local.length() > LONGEST_LOCAL_PART
        ? ownAddress
        : local + ownAddress.substring(at);
  }

  /** The conversation named in a recipient's address, or empty when it holds no token of ours. */
  Optional<String> conversationIn(String address) {
    int start = address.indexOf(PREFIX);
    int at = address.lastIndexOf('@');
    return start < 0 || at < start
        ? Optional.empty()
        : verify(address.substring(start + PREFIX.length(), at));
  }

  private byte[] mac(byte[] id) {
    try {
      Mac mac = Mac.getInstance(key.getAlgorithm());
      mac.init(key);
      mac.update(PURPOSE);
      return Arrays.copyOf(mac.doFinal(id), MAC_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
    }
  }

  /**
   * RFC 4648 base32 in lower case without padding: mail servers may change the case of a letter.
   */
  private static final class Base32 {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    private Base32() {}

    static String encode(byte[] bytes) {
      StringBuilder text = new StringBuilder(bytes.length * 8 / 5 + 1);
      int buffer = 0;
      int bits = 0;
      for (byte value : bytes) {
        buffer = ((buffer << 8) | (value & 0xff)) & 0xffff;
        bits += 8;
        while (bits >= 5) {
          bits -= 5;
          text.append(ALPHABET.charAt(buffer >> bits & 31));
        }
      }
      return bits == 0
          ? text.toString()
          : text.append(ALPHABET.charAt(buffer << (5 - bits) & 31)).toString();
    }

    /** The bytes, or none when a letter is not of the alphabet. */
    static byte[] decode(String text) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      int buffer = 0;
      int bits = 0;
      for (int i = 0; i < text.length(); i++) {
        int digit = ALPHABET.indexOf(Character.toLowerCase(text.charAt(i)));
        if (digit < 0) {
          return new byte[0];
        }
        buffer = (buffer << 5 | digit) & 0xffff;
        bits += 5;
        if (bits >= 8) {
          bits -= 8;
          bytes.write(buffer >> bits);
        }
      }
      return bytes.toByteArray();
    }
  }
}
