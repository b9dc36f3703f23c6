package io.omnihub.core.http.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.json.HubJson;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One call of the API.
 *
 * @param path parameters of the path, decoded
 * @param query parameters of the query, decoded, the first of each name
 * @param key the name under which it happens once
 */
public record Call(
    Principal principal,
    Map<String, String> path,
    Map<String, String> query,
    byte[] body,
    IdempotencyKey key) {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MOST = 200;

  public String path(String name) {
    return path.get(name);
  }

  /** A parameter of the query, empty when it is not given. */
  public String query(String name) {
    return query.getOrDefault(name, "");
  }

  public int limit() {
    String limit = query("limit");
    try {
      return limit.isEmpty() ? DEFAULT_LIMIT : Math.clamp(Integer.parseInt(limit), 1, MOST);
    } catch (NumberFormatException e) {
      throw Problem.badRequest("limit: expected a number from 1 to " + MOST);
    }
  }

  /** A cursor that is a number; the fallback when it is not given. */
  public long cursor(long fallback) {
    String cursor = query("cursor");
    try {
      return cursor.isEmpty() ? fallback : Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      throw Problem.badRequest("cursor: expected the value of next of an earlier answer");
    }
  }

  public JsonNode json() {
    try {
      JsonNode node = HubJson.mapper().readTree(body);
      if (node == null || node.isMissingNode()) {
        throw Problem.badRequest("the body is empty, expected JSON");
      }
      return node;
    } catch (IOException e) {
      throw Problem.badRequest("the body is not JSON");
    }
  }

  /** The body as a type; a problem names the field. */
  public <T> T json(Class<T> type) {
    return convert(json(), type, "");
  }

  /** A node as a type; a problem names the field. */
  public static <T> T convert(JsonNode node, Class<T> type, String where) {
    try {
      T value = HubJson.mapper().treeToValue(node, type);
      if (value == null) {
        throw Problem.badRequest(where + "expected an object");
      }
      return value;
    } catch (JsonMappingException e) {
      throw Problem.badRequest(where + field(e) + reason(e));
    } catch (JsonProcessingException e) {
      throw Problem.badRequest(where + unquoted(e));
    }
  }

  private static String field(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(
                step ->
                    step.getFieldName() == null
                        ? Integer.toString(step.getIndex())
                        : step.getFieldName())
            .collect(Collectors.joining("."));
    return path.isEmpty() ? "" : path + ": ";
  }

  private static String reason(JsonMappingException e) {
    return e.getCause() instanceof IllegalArgumentException cause
        ? cause.getMessage()
        : unquoted(e);
  }

  /** What the parser says, without what it quotes: that may be what somebody wrote. */
  private static String unquoted(JsonProcessingException e) {
    return String.valueOf(e.getOriginalMessage())
        .split("\n", 2)[0]
        .replaceAll("`?(?:io\\.omnihub|java|com)\\.[\\w.$]+`?", "the type")
        .replaceAll("\"(?:.*\"|.*)", "…")
        .replaceAll("'(?:.*'|.*)", "…");
  }
}
