package io.omnihub.channel.webchat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** An HTTP answer. */
record WebReply(int status, byte[] body, Map<String, String> headers) {
  WebReply {
    headers = Map.copyOf(headers);
  }

  static WebReply json(Object json) {
    return text(200, "application/json", json.toString(), Map.of("Cache-Control", "no-store"));
  }

  static WebReply text(int status, String mediaType, String text, Map<String, String> headers) {
    return new WebReply(status, text.getBytes(StandardCharsets.UTF_8), headers)
        .with(Map.of("Content-Type", mediaType));
  }

  static WebReply empty(int status, Map<String, String> headers) {
    return new WebReply(status, new byte[0], headers);
  }

  WebReply with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(headers);
    all.putAll(more);
    return new WebReply(status, body, all);
  }
}
