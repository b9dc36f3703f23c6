package io.omnihub.testkit.whatsapp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.testkit.simulator.SimulatedReply;

/** What the Graph API does not do, with its code. */
final class GraphRefusal extends RuntimeException {
  private final int status;
  private final int code;

  GraphRefusal(int status, int code, String words) {
    super(words);
    this.status = status;
    this.code = code;
  }

  static GraphRefusal parameter(String words) {
    return new GraphRefusal(400, 131009, words);
  }

  SimulatedReply reply() {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ObjectNode error = answer.putObject("error");
    error.put("message", "(#" + code + ") " + getMessage()).put("type", "OAuthException");
    error.put("code", code).put("fbtrace_id", "simulated");
    error.putObject("error_data").put("messaging_product", "whatsapp").put("details", getMessage());
    return SimulatedReply.json(status, answer.toString());
  }
}
