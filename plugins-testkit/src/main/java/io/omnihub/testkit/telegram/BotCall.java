package io.omnihub.testkit.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * One request of the bot that the simulated Telegram has carried out.
 *
 * @param params as JSON, in whatever form they were sent
 * @param uploads files that came with it, by parameter
 * @param messageId of the message that it made, 0 when it made none
 */
public record BotCall(String method, JsonNode params, Map<String, Upload> uploads, long messageId) {

  public BotCall {
    uploads = Map.copyOf(uploads);
  }

  /** A parameter as text, empty when it was not given. */
  public String text(String name) {
    return params.path(name).asText("");
  }

  /** An uploaded file. */
  public record Upload(String name, String mediaType, byte[] content) {}
}
