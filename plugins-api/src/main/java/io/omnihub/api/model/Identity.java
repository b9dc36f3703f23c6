package io.omnihub.api.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An address under which a channel knows somebody, unique as the triple of its components.
 *
 * @param scheme the kind of address, lower case: {@code tel}, {@code email}, {@code telegram},
 *     {@code external}
 * @param scope what the value is unique within (page, app, partner account); empty when it is
 *     unique by itself
 * @param value the id or address, already normalised by the rule of its scheme
 */
public record Identity(String scheme, String scope, String value) {
  /** Schemes whose values are unique in the world and may themselves hold a slash. */
  private static final Set<String> UNSCOPED = Set.of("email", "tel");

  private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9-]*");

  public Identity {
    scope = scope == null ? "" : scope;
    if (scheme == null || !SCHEME.matcher(scheme).matches()) {
      throw new IllegalArgumentException(
          "identity scheme must be a lower-case word, got: " + scheme);
    }
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          "identity value must not be blank (scheme " + scheme + ")");
    }
    if (scope.contains("/")) {
      throw new IllegalArgumentException("identity scope must not contain '/': " + scope);
    }
  }

  /** An identity whose value is unique by itself. */
  public static Identity of(String scheme, String value) {
    return new Identity(scheme, "", value);
  }

  /**
   * Reads the written form {@code scheme:value} or {@code scheme:scope/value}; the scope is what
   * stands before the first slash.
   *
   * @throws IllegalArgumentException when there is no scheme or no value
   */
  @JsonCreator
  public static Identity parse(String written) {
    int colon = written.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("an identity is written scheme:value, got: " + written);
    }
    String rest = written.substring(colon + 1);
    int slash = UNSCOPED.contains(written.substring(0, colon)) ? -1 : rest.indexOf('/');
    return slash < 0
        ? of(written.substring(0, colon), rest)
        : new Identity(
            written.substring(0, colon), rest.substring(0, slash), rest.substring(slash + 1));
  }

  /** The written form, as the API shows it. */
  @JsonValue
  @Override
  public String toString() {
    return scope.isEmpty() ? scheme + ":" + value : scheme + ":" + scope + "/" + value;
  }
}
