package io.omnihub.channel.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.api.model.Identity;
import io.omnihub.testkit.telegram.TelegramUser;
import java.util.HashMap;
import java.util.Map;

/** Values that the tests share. */
final class TelegramSamples {
  static final String TOKEN = "4711:AAcanary-token_0";
  static final String SECRET = "canary-secret";
  static final TelegramUser ANN = new TelegramUser(42, "Ann", "Lee", "ann", "de");
  static final Identity ANN_ID = Identity.of("telegram", "42");

  private TelegramSamples() {}

  /** JSON in single quotes. */
  static ObjectNode json(String text) {
    try {
      return (ObjectNode) new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** A message of Ann to the bot with these fields, in single quotes; they may replace its own. */
  static ObjectNode message(String fields) {
    ObjectNode message =
        json(
            "{'message_id':7,'date':1767225600,'chat':{'id':42,'type':'private'},"
                + "'from':{'id':42,'is_bot':false,'first_name':'Ann','last_name':'Lee',"
                + "'language_code':'de'}}");
    message.setAll(json(fields));
    return message;
  }

  static ObjectNode update(String kind, ObjectNode content) {
    ObjectNode update = json("{'update_id':1001}");
    update.set(kind, content);
    return update;
  }

  static Map<String, Object> settings(String apiUrl, String... more) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("token", TOKEN);
    settings.put("secret-token", SECRET);
    settings.put("api-url", apiUrl);
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return settings;
  }
}
