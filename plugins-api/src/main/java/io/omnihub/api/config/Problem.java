package io.omnihub.api.config;

/**
 * Something wrong with the settings.
 *
 * @param path the keys that lead to it, joined with dots; empty for the whole
 * @param message what is wrong and what is expected
 */
public record Problem(String path, String message) {

  /** The same problem, seen from further out. */
  public Problem under(String outer) {
    return new Problem(path.isEmpty() ? outer : outer + "." + path, message);
  }
}
