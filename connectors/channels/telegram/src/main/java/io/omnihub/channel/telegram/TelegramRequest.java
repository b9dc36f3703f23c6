package io.omnihub.channel.telegram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * One request to the Bot API.
 *
 * @param upload a file of the hub that goes along
 */
record TelegramRequest(String method, ObjectNode params, Optional<Upload> upload) {

  /**
   * A file to upload.
   *
   * @param field the parameter that takes it
   * @param url the hub's own address of it
   */
  record Upload(String field, String url, String name, String mediaType) {}

  static TelegramRequest of(String method, ObjectNode params) {
    return new TelegramRequest(method, params, Optional.empty());
  }

  boolean isMarkedUp() {
    return params.has("parse_mode");
  }

  /** The same without markup. */
  TelegramRequest plain() {
    ObjectNode plain = params.deepCopy();
    plain.remove("parse_mode");
    plain.put("text", TelegramMarkup.plain(params.path("text").asText("")));
    return new TelegramRequest(method, plain, upload);
  }

  /** The same to a chat that has moved. */
  TelegramRequest to(long chat) {
    return new TelegramRequest(method, params.deepCopy().put("chat_id", chat), upload);
  }
}
