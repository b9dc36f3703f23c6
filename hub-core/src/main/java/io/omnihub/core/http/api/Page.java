package io.omnihub.core.http.api;

import java.util.List;
import java.util.function.Function;

/** A part of a list; {@code next} is null at its end. */
public record Page<T>(List<T> items, String next) {

  /** Makes a page of what a query with this limit found; there may be more when it is full. */
  static <T> Page<T> of(List<T> found, int limit, Function<T, String> cursor) {
    return new Page<>(found, found.size() < limit ? null : cursor.apply(found.getLast()));
  }
}
