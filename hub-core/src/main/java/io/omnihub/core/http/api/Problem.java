package io.omnihub.core.http.api;

import java.time.Duration;
import java.util.Map;

/** An error as the outside sees it, after RFC 9457. */
public final class Problem extends RuntimeException {
  private final int status;
  private final String type;
  private final Duration retryAfter;
  private final transient Map<String, Object> more;

  private Problem(
      int status, String type, String detail, Duration retryAfter, Map<String, Object> more) {
    super(detail, null, false, false);
    this.status = status;
    this.type = type;
    this.retryAfter = retryAfter;
    this.more = more;
  }

  /** An error with a stable type, and fields of its own. */
  public static Problem of(int status, String type, String detail, Map<String, Object> more) {
    return new Problem(status, type, detail, Duration.ZERO, more);
  }

  public static Problem of(int status, String type, String detail) {
    return of(status, type, detail, Map.of());
  }

  /** An error that is over after a while. */
  public static Problem later(int status, String type, String detail, Duration retryAfter) {
    return new Problem(status, type, detail, retryAfter, Map.of());
  }

  public static Problem badRequest(String detail) {
    return of(400, "malformed-request", detail);
  }

  public static Problem notFound(String what) {
    return of(404, "not-found", "there is no such " + what);
  }

  public static Problem forbidden() {
    return of(403, "forbidden", "the key's role does not allow this");
  }

  public int status() {
    return status;
  }

  /** The stable name of the kind of problem. */
  public String type() {
    return type;
  }

  /** When to come again; zero when that would change nothing. */
  public Duration retryAfter() {
    return retryAfter;
  }

  /** The body of the answer. */
  public Map<String, Object> body() {
    Map<String, Object> body = new java.util.LinkedHashMap<>();
    body.put("type", "urn:omnihub:problem:" + type);
    body.put("title", type.replace('-', ' '));
    body.put("status", status);
    body.put("detail", getMessage());
    body.putAll(more);
    return body;
  }
}
