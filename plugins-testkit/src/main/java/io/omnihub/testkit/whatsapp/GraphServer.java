package io.omnihub.testkit.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.testkit.simulator.SimulatedReply;
import io.omnihub.testkit.simulator.SimulatedRequest;
import io.omnihub.testkit.simulator.SimulatorServer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** The Graph API: messages, marks, media. One request at a time. */
final class GraphServer implements SimulatorServer.Behaviour {
  static final ObjectMapper JSON = new ObjectMapper();

  private final BusinessNumber business;
  private final Network network;
  private final MediaShelf media;
  private final MessageRules rules;
  private final Deque<SimulatedReply> scripted = new ArrayDeque<>();

  GraphServer(BusinessNumber business, Network network, MediaShelf media, MessageRules rules) {
    this.business = business;
    this.network = network;
    this.media = media;
    this.rules = rules;
  }

  /** Where messages go. */
  interface Network {
    /** Sends a message that is in order; returns its id. */
    String send(String address, JsonNode message);

    void read(JsonNode mark);

    /** Where downloads are. */
    String url();
  }

  synchronized void answerNext(SimulatedReply reply) {
    scripted.add(reply);
  }

  @Override
  public synchronized SimulatedReply answer(SimulatedRequest request) {
    try {
      if (!("Bearer " + business.accessToken()).equals(request.headers().get("authorization"))) {
        throw new GraphRefusal(401, 190, "Invalid OAuth access token");
      }
      return route(request);
    } catch (GraphRefusal refusal) {
      return refusal.reply();
    }
  }

  private SimulatedReply route(SimulatedRequest request) {
    String path = request.path().replaceFirst("^/v\\d+\\.\\d+", "");
    String number = "/" + business.phoneNumberId();
    if (path.equals(number + "/messages")) {
      return scripted.isEmpty() ? messages(object(request.body())) : scripted.remove();
    }
    if (path.equals(number + "/media")) {
      return ok(JSON.createObjectNode().put("id", media.upload(request)));
    }
    if (path.startsWith("/download/")) {
      return media.download(path.substring("/download/".length()));
    }
    if (path.matches("/\\w+")) {
      return ok(media.link(path.substring(1), network.url()));
    }
    throw new GraphRefusal(404, 100, "Unknown path components");
  }

  private SimulatedReply messages(JsonNode message) {
    if (!message.path("messaging_product").asText("").equals("whatsapp")) {
      throw new GraphRefusal(400, 100, "messaging_product is required");
    }
    if (message.path("status").asText("").equals("read")) {
      network.read(message);
      return ok(JSON.createObjectNode().put("success", true));
    }
    rules.check(message);
    String type = message.path("type").asText();
    JsonNode file = message.path(type).path("id");
    if (file.isTextual()) {
      media.file(file.asText());
    }
    String address = message.path("to").asText(message.path("recipient").asText(""));
    String id = network.send(address, message);
    ObjectNode answer = JSON.createObjectNode().put("messaging_product", "whatsapp");
    answer.putArray("contacts").addObject().put("input", address);
    answer.putArray("messages").addObject().put("id", id);
    return ok(answer);
  }

  private static SimulatedReply ok(ObjectNode answer) {
    return SimulatedReply.json(200, answer.toString());
  }

  private static JsonNode object(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException notJson) {
      throw new GraphRefusal(400, 100, "the body is not JSON");
    }
  }
}
