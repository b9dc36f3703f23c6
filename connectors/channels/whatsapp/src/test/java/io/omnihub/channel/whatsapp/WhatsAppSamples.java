package io.omnihub.channel.whatsapp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.json.HubJson;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.Message;
import io.omnihub.api.model.Part;
import io.omnihub.testkit.harness.ConnectorHarness;
import io.omnihub.testkit.harness.HttpReply;
import io.omnihub.testkit.harness.Samples;
import io.omnihub.testkit.whatsapp.BusinessNumber;
import io.omnihub.testkit.whatsapp.MetaSeal;
import io.omnihub.testkit.whatsapp.WhatsAppUser;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Values that the tests share. */
final class WhatsAppSamples {
  static final String APP_SECRET = "canary-app-secret";
  static final String ACCESS_TOKEN = "canary-access-token";
  static final String VERIFY_TOKEN = "canary-verify-token";
  static final BusinessNumber BUSINESS = new BusinessNumber("777", "999", ACCESS_TOKEN, APP_SECRET);
  static final WhatsAppUser ANN = new WhatsAppUser("491701234567", "DE.4711", "Ann");
  static final Identity ANN_ID = new Identity("whatsapp", "999", "DE.4711");

  private WhatsAppSamples() {}

  /** Settings as a file would hold them, with others or more in pairs. */
  static Map<String, String> settings(String apiUrl, String... others) {
    Map<String, String> settings = new HashMap<>();
    settings.put("app-secret", APP_SECRET);
    settings.put("verify-token", VERIFY_TOKEN);
    settings.put("access-token", ACCESS_TOKEN);
    settings.put("phone-number-id", "777");
    settings.put("business-account-id", "999");
    settings.put("api-url", apiUrl);
    for (int i = 0; i < others.length; i += 2) {
      settings.put(others[i], others[i + 1]);
    }
    return settings;
  }

  /** A harness without a provider. */
  static ConnectorHarness hub(String... others) {
    return ConnectorHarness.start(new WhatsAppPlugin(), settings("http://127.0.0.1:1", others));
  }

  static Map<String, String> signed(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return Map.of("X-Hub-Signature-256", MetaSeal.signature(APP_SECRET, bytes));
  }

  static HttpReply post(ConnectorHarness hub, String body) {
    return hub.webhook(body, signed(body));
  }

  /** A payload with one change. */
  static String payload(String field, String value) {
    return "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"999\",\"time\":1767225600,"
        + ("\"changes\":[{\"field\":\"" + field + "\",\"value\":" + value + "}]}]}");
  }

  /** A payload with one message of Ann's. */
  static String message(String fields) {
    return payload("messages", value("messages", annsMessage("wamid.1", fields)));
  }

  static String annsMessage(String id, String fields) {
    return "{\"from\":\"491701234567\",\"from_user_id\":\"DE.4711\",\"id\":\""
        + (id + "\",\"timestamp\":\"1767225600\"," + fields + "}");
  }

  static String value(String array, String elements) {
    return "{\"messaging_product\":\"whatsapp\",\"metadata\":{\"phone_number_id\":\"777\"},"
        + "\"contacts\":[{\"profile\":{\"name\":\"Ann\"},\"wa_id\":\"491701234567\","
        + ("\"user_id\":\"DE.4711\"}],\"" + array + "\":[" + elements + "]}");
  }

  /** The one event of a payload. */
  static <T extends InboundEvent> T only(ConnectorHarness hub, String payload, Class<T> type) {
    int before = hub.events().size();
    if (post(hub, payload).status() != 200 || hub.events().size() != before + 1) {
      throw new AssertionError("not one event of " + payload + " but " + hub.events());
    }
    return type.cast(hub.events().getLast());
  }

  /** What a customer wrote at a time, as the transcript shows it. */
  static Message written(Instant at, String providerId, Map<String, Object> attributes) {
    Message sample = Samples.message(Message.Direction.INBOUND, List.of(Part.Text.plain("hi")));
    return new Message(
        sample.id(),
        sample.conversationId(),
        sample.contactId(),
        sample.account(),
        sample.channel(),
        sample.direction(),
        sample.author(),
        sample.parts(),
        null,
        null,
        providerId,
        at,
        at,
        null,
        null,
        sample.status(),
        null,
        List.of(),
        attributes);
  }

  static JsonNode json(String text) {
    try {
      return HubJson.mapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }
}
