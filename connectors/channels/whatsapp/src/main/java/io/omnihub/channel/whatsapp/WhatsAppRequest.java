package io.omnihub.channel.whatsapp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.api.model.Part;
import java.util.Optional;

/**
 * One message as WhatsApp takes it.
 *
 * @param upload a file of the hub that has to be uploaded before; its id then belongs into the
 *     field that the message's type names
 */
record WhatsAppRequest(ObjectNode message, Optional<Part.Media> upload) {

  static WhatsAppRequest of(ObjectNode message) {
    return new WhatsAppRequest(message, Optional.empty());
  }

  /** The same with the id of the uploaded file. */
  ObjectNode with(String mediaId) {
    ObjectNode complete = message.deepCopy();
    complete.withObject("/" + message.path("type").asText()).put("id", mediaId);
    return complete;
  }
}
