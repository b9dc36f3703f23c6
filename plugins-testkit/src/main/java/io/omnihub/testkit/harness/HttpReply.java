package io.omnihub.testkit.harness;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a webhook or web route answered; headers under their own names. */
public record HttpReply(int status, Map<String, Object> headers, byte[] body) {

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
