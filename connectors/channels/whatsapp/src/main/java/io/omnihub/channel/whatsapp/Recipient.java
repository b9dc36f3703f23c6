package io.omnihub.channel.whatsapp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.api.json.HubJson;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a message goes: a number, a user's own id, or a group. */
record Recipient(Kind kind, String value) {
  /** What the address of a group begins with. */
  static final String GROUP = "group/";

  private static final Pattern NUMBER = Pattern.compile("\\+?[1-9]\\d{5,14}");
  private static final Pattern USER_ID = Pattern.compile("[A-Z]{2}\\.[A-Za-z0-9.]{1,140}");
  private static final Pattern GROUP_ID = Pattern.compile("[A-Za-z0-9_.=-]{1,200}");

  /** How a recipient is named. */
  enum Kind {
    NUMBER,
    USER_ID,
    GROUP
  }

  /** Empty when the address is none of WhatsApp's. */
  static Optional<Recipient> parse(String address) {
    if (address.startsWith(GROUP)) {
      String group = address.substring(GROUP.length());
      return GROUP_ID.matcher(group).matches()
          ? Optional.of(new Recipient(Kind.GROUP, group))
          : Optional.empty();
    }
    if (NUMBER.matcher(address).matches()) {
      return Optional.of(new Recipient(Kind.NUMBER, address.replace("+", "")));
    }
    return USER_ID.matcher(address).matches()
        ? Optional.of(new Recipient(Kind.USER_ID, address))
        : Optional.empty();
  }

  /** The beginning of every message to it. */
  ObjectNode request() {
    ObjectNode request = HubJson.mapper().createObjectNode();
    request.put("messaging_product", "whatsapp");
    request.put("recipient_type", kind == Kind.GROUP ? "group" : "individual");
    return request.put(kind == Kind.USER_ID ? "recipient" : "to", value);
  }
}
