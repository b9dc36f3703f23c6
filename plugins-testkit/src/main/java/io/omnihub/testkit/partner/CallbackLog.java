package io.omnihub.testkit.partner;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.json.HubJson;
import io.omnihub.testkit.simulator.SimulatedReply;
import io.omnihub.testkit.simulator.SimulatedRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes the hub's messages, each webhook-id once. Safe for all threads. */
final class CallbackLog {
  private final WebhookSeal seal;
  private final Map<String, String> idsByWebhookId = new HashMap<>();
  private final Map<String, List<JsonNode>> byUser = new HashMap<>();
  private int repeats;
  private int rejected;

  CallbackLog(WebhookSeal seal) {
    this.seal = seal;
  }

  SimulatedReply take(SimulatedRequest request) {
    if (!seal.holds(request.headers(), request.body())) {
      return reject(401);
    }
    try {
      return take(request.headers().get("webhook-id"), HubJson.mapper().readTree(request.body()));
    } catch (IOException e) {
      return reject(400);
    }
  }

  private synchronized SimulatedReply take(String webhookId, JsonNode callback) {
    String known = idsByWebhookId.get(webhookId);
    if (known != null) {
      repeats++;
      return answer(known);
    }
    String id = "partner-" + (idsByWebhookId.size() + 1);
    idsByWebhookId.put(webhookId, id);
    byUser.computeIfAbsent(callback.at("/to/id").asText(), user -> new ArrayList<>()).add(callback);
    return answer(id);
  }

  private static SimulatedReply answer(String id) {
    return SimulatedReply.json(200, HubJson.mapper().createObjectNode().put("id", id).toString());
  }

  private synchronized SimulatedReply reject(int status) {
    rejected++;
    return SimulatedReply.empty(status);
  }

  synchronized List<JsonNode> received(String userId) {
    return List.copyOf(byUser.getOrDefault(userId, List.of()));
  }

  synchronized int count() {
    return idsByWebhookId.size();
  }

  synchronized int repeats() {
    return repeats;
  }

  synchronized int rejected() {
    return rejected;
  }
}
