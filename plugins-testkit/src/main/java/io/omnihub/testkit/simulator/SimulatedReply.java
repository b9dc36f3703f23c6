package io.omnihub.testkit.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a simulated provider answers. */
public record SimulatedReply(int status, Map<String, String> headers, byte[] body) {

  public static SimulatedReply json(int status, String json) {
    return new SimulatedReply(
        status, Map.of("Content-Type", "application/json"), json.getBytes(StandardCharsets.UTF_8));
  }

  public static SimulatedReply empty(int status) {
    return new SimulatedReply(status, Map.of(), new byte[0]);
  }
}
