package io.omnihub.testkit.telegram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.testkit.simulator.SimulatedReply;

/** What the API does not do, in its own words. */
final class BotRefusal extends RuntimeException {
  private final int code;

  BotRefusal(int code, String description) {
    super(description);
    this.code = code;
  }

  static BotRefusal badRequest(String what) {
    return new BotRefusal(400, "Bad Request: " + what);
  }

  SimulatedReply reply() {
    ObjectNode answer = BotRequest.JSON.createObjectNode();
    answer.put("ok", false).put("error_code", code).put("description", getMessage());
    return SimulatedReply.json(code, answer.toString());
  }
}
