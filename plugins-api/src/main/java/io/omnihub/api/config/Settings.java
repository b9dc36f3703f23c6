package io.omnihub.api.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Checked settings. Each getter takes a key of the {@link ConfigSpec} that made them; a key that is
 * not declared, or is declared with another type, is a mistake of the plugin and throws.
 */
public final class Settings {
  private final Map<String, Object> values;

  Settings(Map<String, Object> values) {
    this.values = Map.copyOf(values);
  }

  public boolean has(String key) {
    return values.containsKey(key);
  }

  /** The text, empty when it is not given and has no default. */
  public String text(String key) {
    return get(key, String.class).orElse("");
  }

  public Secret secret(String key) {
    return new Secret(text(key));
  }

  public int integer(String key) {
    return Math.toIntExact(need(key, Long.class));
  }

  public OptionalInt optionalInteger(String key) {
    return get(key, Long.class)
        .map(n -> OptionalInt.of(Math.toIntExact(n)))
        .orElse(OptionalInt.empty());
  }

  public double decimal(String key) {
    return need(key, Double.class);
  }

  public boolean flag(String key) {
    return need(key, Boolean.class);
  }

  public Duration duration(String key) {
    return need(key, Duration.class);
  }

  /** In bytes. */
  public long size(String key) {
    return need(key, Long.class);
  }

  public URI address(String key) {
    return need(key, URI.class);
  }

  public Optional<URI> optionalAddress(String key) {
    return get(key, URI.class);
  }

  @SuppressWarnings("unchecked")
  public List<String> texts(String key) {
    return (List<String>) get(key, List.class).orElse(List.of());
  }

  @SuppressWarnings("unchecked")
  public Map<String, String> mapping(String key) {
    return (Map<String, String>) get(key, Map.class).orElse(Map.of());
  }

  public Optional<Settings> section(String key) {
    return get(key, Settings.class);
  }

  private <T> Optional<T> get(String key, Class<T> type) {
    return Optional.ofNullable(type.cast(values.get(key)));
  }

  private <T> T need(String key, Class<T> type) {
    return get(key, type)
        .orElseThrow(
            () ->
                new IllegalStateException("setting " + key + " has neither a value nor a default"));
  }
}
