package io.omnihub.channel.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.http.HttpOutcomes;
import io.omnihub.api.json.HubJson;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.SendOutcome;
import java.io.IOException;
import java.time.Clock;

/** What a partner's answer means. */
final class WebhookErrors {
  private static final int LONGEST_ID = 200;

  private WebhookErrors() {}

  /** Without an address there is nobody to post to. */
  static SendOutcome noCallback() {
    return new SendOutcome.Refused(
        Failure.of(Failure.Code.CONFIG, "the account has no callback-url"));
  }

  /**
   * Maps an answer.
   *
   * @param body the beginning of it, may be null
   * @param retryAfter the header, may be null
   * @param id what the message is called when the partner gives it no name of his own
   */
  static SendOutcome outcome(int status, byte[] body, String retryAfter, String id, Clock clock) {
    if (status >= 200 && status < 300) {
      return SendOutcome.Accepted.as(partnersId(body, id));
    }
    if (status >= 300 && status < 400) {
      return misconfigured(status, "redirects are not followed");
    }
    return switch (status) {
      case 404, 405, 410 -> misconfigured(status, "the callback-url takes no messages");
      default -> HttpOutcomes.ofStatus(status, retryAfter, clock);
    };
  }

  private static SendOutcome misconfigured(int status, String why) {
    return new SendOutcome.Refused(Failure.of(Failure.Code.CONFIG, "HTTP " + status + ": " + why));
  }

  /** A 2xx answer is a yes whatever its body holds. */
  private static String partnersId(byte[] body, String id) {
    if (body == null) {
      return id;
    }
    try {
      JsonNode given = HubJson.mapper().readTree(body).path("id");
      String text = given.isTextual() || given.isIntegralNumber() ? given.asText() : "";
      return text.isBlank() || text.length() > LONGEST_ID ? id : text;
    } catch (IOException notJson) {
      return id;
    }
  }
}
