package io.omnihub.backend.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.api.json.HubJson;
import io.omnihub.api.model.Turn;

/** Turns a turn into what the bot is posted. */
final class HttpBotTurn {

  private HttpBotTurn() {}

  static String body(Turn turn) {
    ObjectNode body = HubJson.mapper().createObjectNode().put("type", "turn");
    return body.setAll(HubJson.mapper().<ObjectNode>valueToTree(turn)).toString();
  }
}
