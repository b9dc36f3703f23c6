package io.omnihub.testkit.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A request that a simulated provider got. Header names are lower case; the query is decoded, last
 * value first.
 */
public record SimulatedRequest(
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    byte[] body) {

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
