package io.omnihub.channel.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.model.Claim;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.ProofLevel;
import io.omnihub.api.model.Sender;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Who somebody is. A user has an id of his own (BSUID), unique within the business, and may have a
 * number, which WhatsApp vouches for; either may be missing. The id comes first, so that a user who
 * hides the number stays the same person; the number is claimed beside it, so that whoever was
 * known by the number before does too.
 *
 * <p>https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids
 */
record WhatsAppPeople(String businessAccountId) {
  private static final String SCHEME = "whatsapp";
  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{6,14}");

  /**
   * Somebody, as far as a payload tells.
   *
   * @param number digits without a plus, empty when hidden
   * @param userId the BSUID, empty when there is none yet
   * @param parentId an id that related businesses share, mostly empty
   */
  record Person(String number, String userId, String parentId, String name) {
    boolean known() {
      return !number.isBlank() || !userId.isBlank();
    }

    /** Where an answer goes: the number where there is one, as not all kinds go to a BSUID. */
    String address() {
      return number.isBlank() ? userId : number;
    }
  }

  /** Who is meant by a number and a user id, with what the payload's contacts tell beside. */
  static Person person(JsonNode value, String number, String userId, String parentId) {
    for (JsonNode contact : value.path("contacts")) {
      String contactNumber = contact.path("wa_id").asText("");
      String contactId = contact.path("user_id").asText("");
      boolean same =
          userId.isBlank()
              ? !number.isBlank() && number.equals(contactNumber)
              : userId.equals(contactId);
      if (same) {
        String parent = contact.path("parent_user_id").asText("");
        return new Person(
            number.isBlank() ? contactNumber : number,
            contactId,
            parentId.isBlank() ? parent : parentId,
            contact.path("profile").path("name").asText(""));
      }
    }
    return new Person(number, userId, parentId, "");
  }

  /** The first of the payload's contacts, whoever that is. */
  static Person firstContact(JsonNode value) {
    JsonNode contact = value.path("contacts").path(0);
    return person(value, contact.path("wa_id").asText(""), contact.path("user_id").asText(""), "");
  }

  Identity identity(Person person) {
    return person.userId().isBlank() ? ofNumber(person.number()) : ofUser(person.userId());
  }

  Sender sender(Person person) {
    List<Claim> claims = new ArrayList<>();
    if (NUMBER.matcher(person.number()).matches()) {
      claims.add(asserted(Identity.of("tel", "+" + person.number())));
    }
    if (!person.userId().isBlank() && !person.number().isBlank()) {
      claims.add(asserted(ofNumber(person.number())));
    }
    if (!person.parentId().isBlank()) {
      claims.add(asserted(Identity.of(SCHEME, person.parentId())));
    }
    return new Sender(identity(person), person.name(), "", claims);
  }

  Identity ofUser(String userId) {
    return new Identity(SCHEME, businessAccountId, userId);
  }

  static Identity ofNumber(String number) {
    return Identity.of(SCHEME, number);
  }

  private static Claim asserted(Identity identity) {
    return new Claim(identity, ProofLevel.ASSERTED);
  }
}
