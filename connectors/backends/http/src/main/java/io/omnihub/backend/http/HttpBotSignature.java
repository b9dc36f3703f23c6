package io.omnihub.backend.http;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.omnihub.api.config.Secret;
import java.time.Instant;
import java.util.Map;

/** Signs turns after Standard Webhooks. */
final class HttpBotSignature {
  private static final String SECRET_PREFIX = "whsec_";

  private final Webhook webhook;

  /**
   * Decodes the secret.
   *
   * @throws IllegalArgumentException when it is malformed
   */
  HttpBotSignature(Secret secret) {
    webhook = decode(secret.reveal());
  }

  /** The headers that go with a body. */
  Map<String, String> headers(String id, Instant now, String body) {
    long timestamp = now.getEpochSecond();
    try {
      return Map.of(
          "webhook-timestamp", Long.toString(timestamp),
          "webhook-signature", webhook.sign(id, timestamp, body));
    } catch (WebhookSigningException e) {
      throw new IllegalStateException("every Java can sign with HMAC", e);
    }
  }

  private static Webhook decode(String secret) {
    try {
      if (secret.startsWith(SECRET_PREFIX)) {
        return new Webhook(secret);
      }
    } catch (EmptyWebhookSecretException | IllegalArgumentException malformed) {
      // The decoder's message quotes the secret's characters, so it is not kept as the cause.
    }
    throw new IllegalArgumentException(
        "secret: is not a signing secret, expected whsec_ followed by base64");
  }
}
