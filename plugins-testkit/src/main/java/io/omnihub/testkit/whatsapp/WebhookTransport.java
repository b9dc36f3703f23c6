package io.omnihub.testkit.whatsapp;

import java.io.IOException;
import java.util.Map;

/** How webhooks reach the hub: over HTTP unless a test hands them in by itself. */
public interface WebhookTransport {

  /**
   * Posts a webhook.
   *
   * @return the status of the answer
   * @throws IOException when there is no answer
   */
  int post(Map<String, String> headers, byte[] body) throws IOException, InterruptedException;
}
