package io.omnihub.channel.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.model.InboundEvent;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Webhooks as events: every element of every array of every change of every entry. What is about
 * another number of the same app is left out; it belongs to the account of that number.
 */
final class WhatsAppInbound {
  private static final Logger LOG = LoggerFactory.getLogger(WhatsAppInbound.class);
  private static final int MOST_NUMBERS_TOLD = 100;

  private final String account;
  private final String phoneNumberId;
  private final WhatsAppMessages messages;
  private final WhatsAppStatuses statuses;
  private final WhatsAppNotices notices;
  private final Set<String> numbersTold = ConcurrentHashMap.newKeySet();

  WhatsAppInbound(String account, WhatsAppConfig config, UnsettledSends unsettled, Clock clock) {
    this.account = account;
    phoneNumberId = config.phoneNumberId();
    WhatsAppPeople people = new WhatsAppPeople(config.businessAccountId());
    notices = new WhatsAppNotices(people, clock);
    messages = new WhatsAppMessages(people, clock);
    statuses = new WhatsAppStatuses(people, notices, unsettled, clock);
  }

  /** Everything that a payload says about this number and its business account. */
  List<InboundEvent> events(JsonNode payload) {
    List<InboundEvent> events = new ArrayList<>();
    for (JsonNode entry : payload.path("entry")) {
      for (JsonNode change : entry.path("changes")) {
        if (isOurs(change.path("value"))) {
          events.addAll(events(entry, change.path("field").asText(""), change.path("value")));
        }
      }
    }
    return events;
  }

  private boolean isOurs(JsonNode value) {
    String number = value.path("metadata").path("phone_number_id").asText(phoneNumberId);
    boolean ours = number.equals(phoneNumberId);
    if (!ours && numbersTold.size() < MOST_NUMBERS_TOLD && numbersTold.add(number)) {
      LOG.warn("{}: webhooks for phone number id {} are not this account's", account, number);
    }
    return ours;
  }

  private List<InboundEvent> events(JsonNode entry, String field, JsonNode value) {
    List<InboundEvent> events = new ArrayList<>();
    switch (field) {
      case "messages" -> {
        value.path("messages").forEach(one -> events.addAll(messages.received(value, one)));
        value.path("statuses").forEach(one -> events.addAll(statuses.events(entry, value, one)));
      }
      case "smb_message_echoes" ->
          value.path("message_echoes").forEach(one -> events.addAll(messages.echoed(value, one)));
      case "calls" -> {
        value.path("calls").forEach(one -> events.add(notices.call(entry, value, one)));
        value.path("statuses").forEach(one -> events.addAll(statuses.events(entry, value, one)));
      }
      case "user_preferences" ->
          value.path("user_preferences").forEach(one -> events.add(notices.preference(value, one)));
      case "user_id_update" ->
          value.path("user_id_update").forEach(one -> events.addAll(messages.newUserId(one)));
      default -> {}
    }
    if (events.isEmpty()) {
      events.add(notices.ofAccount(entry, field, value));
    }
    return events;
  }
}
