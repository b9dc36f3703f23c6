package io.omnihub.channel.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.model.Claim;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.ProofLevel;
import io.omnihub.api.model.Sender;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads who an event is from, and what the partner says of him. */
record EventSender(String account) {
  private static final String SCHEME = "webhook";

  Identity identity(EventFields event) {
    return identity(event.section("from").id("id"));
  }

  Identity identity(String userId) {
    return new Identity(SCHEME, account, userId);
  }

  Sender sender(EventFields event) {
    EventFields from = event.section("from");
    Identity identity = identity(event);
    List<String> verified = from.optionalTexts("verified");
    List<Claim> claims = new ArrayList<>();
    if (from.has("phone")) {
      claims.add(new Claim(phone(from), proof(verified, "phone")));
    }
    if (from.has("email")) {
      claims.add(new Claim(email(from), proof(verified, "email")));
    }
    EventFields external = from.optionalSection("external");
    for (Map.Entry<String, JsonNode> entry : external.object().properties()) {
      // The partner's own numbers need no further proof than the partner's signature.
      claims.add(new Claim(external(external, entry.getKey()), ProofLevel.SIGNED));
    }
    return new Sender(identity, from.optionalText("name"), "", claims);
  }

  private static ProofLevel proof(List<String> verified, String field) {
    return verified.contains(field) ? ProofLevel.SIGNED : ProofLevel.CLAIMED;
  }

  /** A number without a country is left as it is: only the hub knows the account's region. */
  private static Identity phone(EventFields from) {
    String typed = from.text("phone").strip();
    String digits = typed.replaceAll("\\D", "");
    if (digits.isEmpty()) {
      throw from.problem("phone", "is not understood, expected a phone number");
    }
    return Identity.of("tel", typed.startsWith("+") ? "+" + digits : digits);
  }

  private static Identity email(EventFields from) {
    String address = from.text("email").strip();
    if (address.indexOf('@') < 1 || address.endsWith("@")) {
      throw from.problem("email", "is not understood, expected an e-mail address");
    }
    return Identity.of("email", address);
  }

  private static Identity external(EventFields external, String system) {
    if (system.isBlank() || system.contains("/")) {
      throw external.problem(system, "is not understood, expected a system's name without '/'");
    }
    return new Identity("external", system, external.id(system));
  }
}
