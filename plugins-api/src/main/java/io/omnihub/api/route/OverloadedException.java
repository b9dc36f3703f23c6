package io.omnihub.api.route;

import java.time.Duration;

/**
 * The hub cannot take more now, or its store is away. Nothing of what was handed in is stored; a
 * webhook route lets it pass, and the provider is answered 503 with {@code Retry-After}; a poller
 * waits and tries again.
 */
public final class OverloadedException extends RuntimeException {
  private final Duration retryAfter;

  public OverloadedException(String message, Duration retryAfter, Throwable cause) {
    super(message, cause);
    this.retryAfter = retryAfter;
  }

  public Duration retryAfter() {
    return retryAfter;
  }
}
