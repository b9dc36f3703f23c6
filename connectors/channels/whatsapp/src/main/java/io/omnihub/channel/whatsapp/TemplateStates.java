package io.omnihub.channel.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.connector.AccountState;
import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Failure.Code;
import io.omnihub.api.model.Part;
import java.util.Optional;
import java.util.Set;

/**
 * What WhatsApp has told of the account's templates, so that one which is paused or rejected is not
 * asked for. A template of which nothing was told is tried.
 */
final class TemplateStates {
  private static final Set<String> UNUSABLE =
      Set.of("REJECTED", "PAUSED", "DISABLED", "DELETED", "PENDING_DELETION");

  private final AccountState state;
  private final WhatsAppConfig config;

  TemplateStates(AccountState state, WhatsAppConfig config) {
    this.state = state;
    this.config = config;
  }

  /** Takes what a payload tells of templates; older news does not undo newer. */
  void learn(JsonNode payload) {
    for (JsonNode entry : payload.path("entry")) {
      if (entry.path("id").asText("").equals(config.businessAccountId())) {
        for (JsonNode change : entry.path("changes")) {
          learn(change, entry.path("time").asLong());
        }
      }
    }
  }

  private void learn(JsonNode change, long at) {
    JsonNode value = change.path("value");
    String event = value.path("event").asText("");
    if (!change.path("field").asText("").equals("message_template_status_update")
        || !event.matches("[A-Z_]{1,40}")) {
      return;
    }
    String key =
        key(
            value.path("message_template_name").asText(""),
            value.path("message_template_language").asText(""));
    String known = state.get(key).orElse("0 ");
    if (at >= Long.parseLong(known.substring(0, known.indexOf(' ')))) {
      state.put(key, at + " " + event);
    }
  }

  /** Why a template cannot be sent now. */
  Optional<Failure> unusable(Part.Template template) {
    String language = WhatsAppOutbound.languageOf(template, config.language());
    return state
        .get(key(template.name(), language))
        .map(known -> known.substring(known.indexOf(' ') + 1))
        .filter(UNUSABLE::contains)
        .map(
            event ->
                Failure.of(
                    Code.CONTENT_REJECTED,
                    "the template %s (%s) is %s at WhatsApp; use another one"
                        .formatted(template.name(), language, event)));
  }

  private static String key(String name, String language) {
    return "template/" + name + "/" + language;
  }
}
