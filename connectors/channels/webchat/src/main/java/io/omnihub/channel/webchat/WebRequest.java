package io.omnihub.channel.webchat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * A browser's HTTP request.
 *
 * @param path behind the account, without a slash in front
 * @param query parameters by name, decoded
 * @param origin of the page that asks, empty when the browser names none
 * @param token the bearer token, empty when there is none
 * @param mediaType of the body, empty when it is not told
 * @param fileName of the body, percent-encoded as it came
 */
record WebRequest(
    String method,
    String path,
    Map<String, String> query,
    String origin,
    String token,
    String mediaType,
    String fileName,
    byte[] body) {

  static String bearer(String authorization) {
    return authorization.regionMatches(true, 0, "Bearer ", 0, 7)
        ? authorization.substring(7).strip()
        : "";
  }

  /** Parameters of a raw query; what is not well formed is left out. */
  static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : query.split("&", 20)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(pair.substring(0, equals), decoded(pair.substring(equals + 1), ""));
      }
    }
    return parameters;
  }

  /** Undoes percent-encoding; a plus sign is a plus sign. */
  static String decoded(String encoded, String otherwise) {
    try {
      return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return otherwise;
    }
  }
}
