package io.omnihub.testkit.telegram;

import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** How updates reach a webhook: over HTTP unless a test hands them in by itself. */
public interface WebhookTransport {

  /**
   * Posts an update.
   *
   * @return the status of the answer
   * @throws IOException when there is no answer
   */
  int post(URI url, Map<String, String> headers, byte[] body)
      throws IOException, InterruptedException;
}
