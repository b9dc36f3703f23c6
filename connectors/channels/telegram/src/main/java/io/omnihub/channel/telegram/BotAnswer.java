package io.omnihub.channel.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.json.HubJson;
import java.io.IOException;

/** What a request to the Bot API ended with. */
sealed interface BotAnswer {

  /** It was done. */
  record Done(JsonNode result) implements BotAnswer {}

  /**
   * It was not done.
   *
   * @param description in Telegram's words, empty when it was not Telegram that answered
   */
  record Declined(int status, String description, JsonNode parameters) implements BotAnswer {}

  /** There is no answer, or none that can be read. */
  record Lost(Throwable cause) implements BotAnswer {}

  static BotAnswer read(int status, byte[] body) {
    JsonNode answer;
    try {
      answer = HubJson.mapper().readTree(body);
    } catch (IOException notJson) {
      return status / 100 == 2
          ? new Lost(notJson)
          : new Declined(status, "", HubJson.mapper().createObjectNode());
    }
    if (status / 100 == 2 && answer.path("ok").asBoolean()) {
      return new Done(answer.path("result"));
    }
    return status / 100 == 2
        ? new Lost(new IOException("an answer that is none of Telegram's"))
        : new Declined(status, answer.path("description").asText(""), answer.path("parameters"));
  }
}
