package io.omnihub.core.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.omnihub.api.json.HubJson;
import io.omnihub.api.model.Part;
import java.util.List;
import java.util.Map;

/**
 * JSON columns. What the hub wrote itself it can read; anything else is a fault of the database.
 */
public final class Json {
  private static final TypeReference<List<Part>> PARTS = new TypeReference<>() {};
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};
  private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
  private static final ObjectWriter PARTS_WRITER = HubJson.mapper().writerFor(PARTS);
  private static final ObjectReader PARTS_READER = HubJson.mapper().readerFor(PARTS);

  private Json() {}

  public static String write(Object value) {
    try {
      return HubJson.mapper().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + value.getClass(), e);
    }
  }

  /** Writes a value by the declared type, which sealed types need to keep their name. */
  public static <T> String write(T value, Class<? super T> declared) {
    try {
      return HubJson.mapper().writerFor(declared).writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + declared, e);
    }
  }

  public static String parts(List<Part> parts) {
    try {
      return PARTS_WRITER.writeValueAsString(parts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("parts cannot be written as JSON", e);
    }
  }

  public static List<Part> parts(String json) {
    try {
      return PARTS_READER.readValue(json);
    } catch (JsonProcessingException e) {
      throw corrupt(e);
    }
  }

  public static Map<String, Object> map(String json) {
    return read(json, MAP);
  }

  public static List<String> texts(String json) {
    return read(json, TEXTS);
  }

  public static <T> T read(String json, TypeReference<T> type) {
    try {
      return HubJson.mapper().readValue(json, type);
    } catch (JsonProcessingException e) {
      throw corrupt(e);
    }
  }

  public static <T> T read(String json, Class<T> type) {
    try {
      return HubJson.mapper().readValue(json, type);
    } catch (JsonProcessingException e) {
      throw corrupt(e);
    }
  }

  private static IllegalStateException corrupt(JsonProcessingException e) {
    return new IllegalStateException(
        "the store holds JSON that cannot be read: " + e.getOriginalMessage(), e);
  }
}
