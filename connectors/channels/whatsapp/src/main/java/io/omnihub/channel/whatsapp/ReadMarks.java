package io.omnihub.channel.whatsapp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.api.json.HubJson;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.Message;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Shows customers that what they wrote was read, and that somebody is writing: WhatsApp takes both
 * for a message, the newest that the customer wrote. Best effort. Remembers for some customers what
 * was marked last, so that it is not marked again; safe for all threads.
 */
final class ReadMarks {
  private static final int MOST_REMEMBERED = 10_000;

  private final GraphApi api;
  private final ServiceWindow window;
  private final Map<Identity, String> marked = new LinkedHashMap<>();

  ReadMarks(GraphApi api, ServiceWindow window) {
    this.api = api;
    this.window = window;
  }

  /** Also marks the message as read: WhatsApp knows no typing without. */
  void typing(Identity customer) {
    newest(customer)
        .ifPresent(
            id -> {
              ObjectNode request = request(id);
              request.putObject("typing_indicator").put("type", "text");
              api.messages(request);
              remember(customer, id);
            });
  }

  /** What the customer wrote last is read, if that was not said before. */
  void read(Identity customer) {
    newest(customer)
        .filter(id -> !isMarked(customer, id))
        .ifPresent(
            id -> {
              if (api.messages(request(id)) instanceof GraphAnswer.Done) {
                remember(customer, id);
              }
            });
  }

  private Optional<String> newest(Identity customer) {
    return window.newest(customer).map(Message::providerId);
  }

  private static ObjectNode request(String id) {
    ObjectNode request = HubJson.mapper().createObjectNode().put("messaging_product", "whatsapp");
    return request.put("status", "read").put("message_id", id);
  }

  private synchronized boolean isMarked(Identity customer, String id) {
    return id.equals(marked.get(customer));
  }

  private synchronized void remember(Identity customer, String id) {
    marked.remove(customer);
    marked.put(customer, id);
    if (marked.size() > MOST_REMEMBERED) {
      marked.remove(marked.keySet().iterator().next());
    }
  }
}
