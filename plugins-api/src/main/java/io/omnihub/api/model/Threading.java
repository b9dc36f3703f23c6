package io.omnihub.api.model;

import java.util.List;

/**
 * How a message says which earlier ones it belongs to.
 *
 * @param key the channel's own thread (a partner's order, a forum topic), empty when it has none
 * @param subject the thread's subject line, empty when it has none
 * @param conversationId a conversation of the hub that the connector has <em>verified</em> from a
 *     signed token; empty when none
 * @param references provider's ids of earlier messages, nearest first
 */
public record Threading(
    String key, String subject, String conversationId, List<String> references) {
  public static final Threading NONE = new Threading("", "", "", List.of());

  public Threading {
    key = key == null ? "" : key;
    subject = subject == null ? "" : subject;
    conversationId = conversationId == null ? "" : conversationId;
    references = List.copyOf(references);
  }

  public static Threading key(String key) {
    return new Threading(key, "", "", List.of());
  }
}
