package io.omnihub.testkit.whatsapp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Webhook bodies, as Meta nests them. */
final class Payloads {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final BusinessNumber business;

  Payloads(BusinessNumber business) {
    this.business = business;
  }

  /** One change with one element. */
  ObjectNode of(String field, String array, WhatsAppUser user, ObjectNode element) {
    ObjectNode value = JSON.objectNode().put("messaging_product", "whatsapp");
    ObjectNode metadata = value.putObject("metadata");
    metadata.put("display_phone_number", "15550001111");
    metadata.put("phone_number_id", business.phoneNumberId());
    value.putArray("contacts").add(user.contact());
    value.putArray(array).add(element);
    return of(field, value);
  }

  ObjectNode of(String field, ObjectNode value) {
    ObjectNode payload = JSON.objectNode().put("object", "whatsapp_business_account");
    ObjectNode entry = payload.putArray("entry").addObject();
    entry.put("id", business.businessAccountId());
    entry.putArray("changes").addObject().put("field", field).set("value", value);
    return payload;
  }

  /** Several payloads in one, each with an entry of its own. */
  static ObjectNode batch(List<ObjectNode> payloads) {
    ObjectNode all = JSON.objectNode().put("object", "whatsapp_business_account");
    ArrayNode entries = all.putArray("entry");
    payloads.forEach(payload -> payload.path("entry").forEach(entries::add));
    return all;
  }
}
