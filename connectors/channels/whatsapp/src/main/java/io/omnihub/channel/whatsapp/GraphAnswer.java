package io.omnihub.channel.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.json.HubJson;
import java.io.IOException;

/** What a request to the Graph API ended with. */
sealed interface GraphAnswer {

  /** It was done. */
  record Done(JsonNode result) implements GraphAnswer {}

  /**
   * It was not done.
   *
   * @param code Meta's, -1 when it was not Meta that answered
   * @param retryAfter the header, null when there was none
   */
  record Declined(int status, int code, String retryAfter) implements GraphAnswer {}

  /** There is no answer, or none that can be read. */
  record Lost(Throwable cause) implements GraphAnswer {}

  static GraphAnswer read(int status, String retryAfter, byte[] body) {
    boolean done = status / 100 == 2;
    JsonNode answer;
    try {
      answer = HubJson.mapper().readTree(body);
    } catch (IOException notJson) {
      return done ? new Lost(notJson) : new Declined(status, -1, retryAfter);
    }
    if (done) {
      return answer.isObject()
          ? new Done(answer)
          : new Lost(new IOException("an answer that is none of Meta's"));
    }
    return new Declined(status, answer.path("error").path("code").asInt(-1), retryAfter);
  }
}
