package io.omnihub.core.subscription;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.omnihub.api.config.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Signs after Standard Webhooks, once with each secret.
 *
 * <p>https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
final class WebhookSigner {
  private WebhookSigner() {}

  /** The three headers that go with a body. */
  static Map<String, String> headers(List<Secret> secrets, String id, Instant now, String body) {
    long timestamp = now.getEpochSecond();
    String signatures =
        secrets.stream()
            .map(secret -> sign(secret, id, timestamp, body))
            .collect(Collectors.joining(" "));
    return Map.of(
        "webhook-id", id,
        "webhook-timestamp", Long.toString(timestamp),
        "webhook-signature", signatures);
  }

  private static String sign(Secret secret, String id, long timestamp, String body) {
    try {
      return new Webhook(secret.reveal()).sign(id, timestamp, body);
    } catch (EmptyWebhookSecretException | WebhookSigningException e) {
      throw new IllegalStateException("a secret that the hub made does not sign", e);
    }
  }
}
