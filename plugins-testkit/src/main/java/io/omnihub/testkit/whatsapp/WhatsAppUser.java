package io.omnihub.testkit.whatsapp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A customer on the simulated WhatsApp.
 *
 * @param number digits without a plus, empty when the user hides it
 * @param userId the id within the business (BSUID), empty for those who have none yet
 */
public record WhatsAppUser(String number, String userId, String name) {

  public static WhatsAppUser of(String number, String name) {
    return new WhatsAppUser(number, "", name);
  }

  /** The customer after a change of number. */
  WhatsAppUser withNumber(String newNumber) {
    return new WhatsAppUser(newNumber, userId, name);
  }

  /** As one of the {@code contacts} of a payload. */
  ObjectNode contact() {
    ObjectNode contact = JsonNodeFactory.instance.objectNode();
    contact.putObject("profile").put("name", name);
    putIfPresent(contact, "wa_id", number);
    putIfPresent(contact, "user_id", userId);
    return contact;
  }

  /** What a payload's element says of it. */
  void name(ObjectNode element, String numberField, String userIdField) {
    putIfPresent(element, numberField, number);
    putIfPresent(element, userIdField, userId);
  }

  boolean is(String address) {
    return !address.isEmpty() && (address.equals(number) || address.equals(userId));
  }

  private static void putIfPresent(ObjectNode node, String name, String value) {
    if (!value.isEmpty()) {
      node.put(name, value);
    }
  }
}
