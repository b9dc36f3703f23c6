package io.omnihub.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.omnihub.api.config.SettingType;
import io.omnihub.api.model.Capabilities;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;

/**
 * Reads and writes the model as JSON: times as RFC 3339 in UTC with milliseconds, durations as
 * {@code 5s}. Unknown fields are ignored, so that a newer peer does not break an older hub. Input
 * is bounded in depth, and a key that stands twice is refused.
 */
public final class HubJson {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private static final JsonMapper MAPPER = create();

  private HubJson() {}

  /** The shared mapper; safe for all threads, not to be configured further. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /** A time as JSON shows it. */
  public static String time(Instant instant) {
    return TIME.format(instant);
  }

  private static JsonMapper create() {
    SimpleModule module = new SimpleModule("omnihub");
    module.addSerializer(Instant.class, new InstantWriter());
    module.addDeserializer(Instant.class, new InstantReader());
    module.addSerializer(Duration.class, new DurationWriter());
    module.addDeserializer(Duration.class, new DurationReader());
    module.addSerializer(Capabilities.class, new CapabilitiesWriter());
    JsonMapper mapper =
        JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // readers are made in class initialisers, where nothing may wait for a
            // lock: a
            // virtual thread that waits there keeps its carrier
            .disable(DeserializationFeature.EAGER_DESERIALIZER_FETCH)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .addModule(module)
            .build();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(64).maxStringLength(64 << 20).build());
    return mapper;
  }

  private static final class InstantWriter extends JsonSerializer<Instant> {
    @Override
    public void serialize(Instant value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(TIME.format(value));
    }
  }

  private static final class InstantReader extends JsonDeserializer<Instant> {
    @Override
    public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
      String text = json.getValueAsString("");
      try {
        return OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC).toInstant();
      } catch (DateTimeParseException e) {
        return (Instant)
            context.handleWeirdStringValue(
                Instant.class, text, "expected a time such as 2026-05-01T10:00:00.000Z");
      }
    }
  }

  private static final class DurationWriter extends JsonSerializer<Duration> {
    @Override
    public void serialize(Duration value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      boolean whole = value.toMillis() % 1000 == 0;
      json.writeString(whole ? value.toSeconds() + "s" : value.toMillis() + "ms");
    }
  }

  private static final class DurationReader extends JsonDeserializer<Duration> {
    @Override
    public Duration deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      String text = json.getValueAsString("");
      try {
        return (Duration) SettingType.DURATION.parse(text);
      } catch (IllegalArgumentException e) {
        return (Duration) context.handleWeirdStringValue(Duration.class, text, e.getMessage());
      }
    }
  }

  /** Features by their grade's number, and the limits. */
  private static final class CapabilitiesWriter extends JsonSerializer<Capabilities> {
    @Override
    public void serialize(Capabilities value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeStartObject();
      for (Capabilities.Feature feature : Capabilities.Feature.values()) {
        json.writeFieldName(word(feature));
        json.writeNumber(value.grade(feature).level());
      }
      provider.defaultSerializeField("media", value.media().stream().sorted().toList(), json);
      provider.defaultSerializeField("formats", value.formats().stream().sorted().toList(), json);
      writeLimit(json, "maxTextLength", value.maxTextLength());
      writeLimit(json, "maxCaptionLength", value.maxCaptionLength());
      writeLimit(json, "maxOptions", value.maxOptions());
      writeLimit(json, "maxMediaSize", value.maxMediaSize());
      json.writeEndObject();
    }

    private static void writeLimit(JsonGenerator json, String name, long limit) throws IOException {
      if (limit > 0) {
        json.writeNumberField(name, limit);
      }
    }

    private static String word(Capabilities.Feature feature) {
      return MAPPER.convertValue(feature, String.class);
    }
  }
}
