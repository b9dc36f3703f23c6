package io.omnihub.testkit.telegram;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A customer on the simulated Telegram.
 *
 * @param id also the id of the private chat with the bot
 * @param lastName may be empty
 * @param username without the at sign, may be empty
 * @param language may be empty
 */
public record TelegramUser(
    long id, String firstName, String lastName, String username, String language) {

  public static TelegramUser of(long id, String firstName) {
    return new TelegramUser(id, firstName, "", "", "");
  }

  /** As the {@code from} of a message. */
  ObjectNode json() {
    ObjectNode user = JsonNodeFactory.instance.objectNode();
    user.put("id", id).put("is_bot", false).put("first_name", firstName);
    putIfPresent(user, "last_name", lastName);
    putIfPresent(user, "username", username);
    putIfPresent(user, "language_code", language);
    return user;
  }

  /** The private chat with the bot. */
  ObjectNode chat() {
    ObjectNode chat = JsonNodeFactory.instance.objectNode();
    return chat.put("id", id).put("first_name", firstName).put("type", "private");
  }

  private static void putIfPresent(ObjectNode node, String name, String value) {
    if (!value.isEmpty()) {
      node.put(name, value);
    }
  }
}
