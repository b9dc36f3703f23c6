package io.omnihub.testkit.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One request to {@code messages} that the simulated WhatsApp has carried out.
 *
 * @param providerId of the message that it made, empty when it marked one as read
 */
public record GraphCall(JsonNode request, String providerId) {

  /** What kind of message it is, empty for a mark. */
  public String type() {
    return request.path("type").asText("");
  }
}
