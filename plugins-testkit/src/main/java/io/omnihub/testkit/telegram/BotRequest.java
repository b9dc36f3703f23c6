package io.omnihub.testkit.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.testkit.simulator.SimulatedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** The parameters of a Bot API request, whether sent as query, JSON or multipart. */
record BotRequest(ObjectNode params, Map<String, BotCall.Upload> uploads) {
  static final ObjectMapper JSON = new ObjectMapper();

  static BotRequest read(SimulatedRequest request) {
    ObjectNode params = JSON.createObjectNode();
    request.query().forEach((name, value) -> params.set(name, structured(value)));
    Map<String, BotCall.Upload> uploads = new HashMap<>();
    String type = request.headers().getOrDefault("content-type", "");
    if (type.startsWith("multipart/form-data")) {
      for (MultipartBody.Field field : MultipartBody.read(request.body(), type)) {
        if (field.isFile()) {
          uploads.put(field.name(), field.upload());
        } else {
          params.set(field.name(), structured(field.text()));
        }
      }
    } else if (request.body().length > 0) {
      params.setAll(object(request.body()));
    }
    return new BotRequest(params, uploads);
  }

  String text(String name) {
    return params.path(name).asText("");
  }

  long number(String name, long fallback) {
    return params.path(name).asLong(fallback);
  }

  private static ObjectNode object(byte[] body) {
    try {
      return JSON.readTree(body) instanceof ObjectNode object ? object : JSON.createObjectNode();
    } catch (IOException e) {
      throw new UncheckedIOException("the request is not JSON", e);
    }
  }

  /** Objects and lists are sent as JSON text where the form has nothing but texts. */
  private static JsonNode structured(String value) {
    if (value.startsWith("{") || value.startsWith("[")) {
      try {
        return JSON.readTree(value);
      } catch (JsonProcessingException notJson) {
        return JSON.getNodeFactory().textNode(value);
      }
    }
    return JSON.getNodeFactory().textNode(value);
  }
}
