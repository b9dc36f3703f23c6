package io.omnihub.api.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a setting holds, and how what stands in the file becomes a value. */
public enum SettingType {
  TEXT("a text"),
  INTEGER("a whole number"),
  DECIMAL("a number"),
  FLAG("true or false"),
  DURATION("a duration such as 500ms, 10s, 5m, 24h or 7d"),
  SIZE("a size such as 512KiB or 20MiB"),
  ADDRESS("an address such as https://api.example.com"),
  CHOICE("one of a few words"),
  TEXTS("a list of texts"),
  MAPPING("a mapping of texts"),
  SECTION("a section");

  private static final Pattern QUANTITY = Pattern.compile("(\\d{1,12})\\s*([A-Za-z]*)");

  private final String expectation;

  SettingType(String expectation) {
    this.expectation = expectation;
  }

  /** What a person is told to write. */
  public String expectation() {
    return expectation;
  }

  /**
   * Turns what a YAML file holds into the value that {@link Settings} hands out.
   *
   * @throws IllegalArgumentException when it is not of this type; the message says what is expected
   */
  public Object parse(Object raw) {
    return switch (this) {
      case TEXT, CHOICE -> scalar(raw);
      case INTEGER -> integer(scalar(raw));
      case DECIMAL -> decimal(scalar(raw));
      case FLAG -> flag(scalar(raw));
      case DURATION -> duration(scalar(raw));
      case SIZE -> size(scalar(raw));
      case ADDRESS -> address(scalar(raw));
      case TEXTS -> texts(raw);
      case MAPPING -> mapping(raw);
      case SECTION -> throw unexpected();
    };
  }

  private IllegalArgumentException unexpected() {
    return new IllegalArgumentException("expected " + expectation);
  }

  private String scalar(Object raw) {
    if (raw instanceof Map || raw instanceof List || raw == null) {
      throw unexpected();
    }
    return raw.toString();
  }

  private Long integer(String text) {
    try {
      return Long.valueOf(text.strip());
    } catch (NumberFormatException e) {
      throw unexpected();
    }
  }

  private Double decimal(String text) {
    try {
      return Double.valueOf(text.strip());
    } catch (NumberFormatException e) {
      throw unexpected();
    }
  }

  private Boolean flag(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw unexpected();
    };
  }

  private Duration duration(String text) {
    Matcher quantity = quantity(text);
    long number = Long.parseLong(quantity.group(1));
    return switch (quantity.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      default -> throw unexpected();
    };
  }

  private Long size(String text) {
    Matcher quantity = quantity(text);
    long number = Long.parseLong(quantity.group(1));
    return switch (quantity.group(2)) {
      case "", "B" -> number;
      case "KiB" -> times(number, 1L << 10);
      case "MiB" -> times(number, 1L << 20);
      case "GiB" -> times(number, 1L << 30);
      default -> throw unexpected();
    };
  }

  private long times(long number, long unit) {
    try {
      return Math.multiplyExact(number, unit);
    } catch (ArithmeticException e) {
      throw unexpected();
    }
  }

  private Matcher quantity(String text) {
    Matcher matcher = QUANTITY.matcher(text.strip());
    if (!matcher.matches()) {
      throw unexpected();
    }
    return matcher;
  }

  private URI address(String text) {
    try {
      URI uri = new URI(text.strip());
      if (uri.getHost() == null || uri.getScheme() == null) {
        throw unexpected();
      }
      return uri;
    } catch (URISyntaxException e) {
      throw unexpected();
    }
  }

  private List<String> texts(Object raw) {
    if (!(raw instanceof List<?> list)) {
      throw unexpected();
    }
    return list.stream().map(this::scalar).toList();
  }

  private Map<String, String> mapping(Object raw) {
    if (!(raw instanceof Map<?, ?> map)) {
      throw unexpected();
    }
    return map.entrySet().stream()
        .collect(
            java.util.stream.Collectors.toUnmodifiableMap(
                entry -> entry.getKey().toString(), entry -> scalar(entry.getValue())));
  }
}
