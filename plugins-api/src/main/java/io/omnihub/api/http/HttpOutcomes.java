package io.omnihub.api.http;

import io.omnihub.api.model.Failure;
import io.omnihub.api.model.Failure.Code;
import io.omnihub.api.model.SendOutcome;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;

/** Maps what an HTTP exchange ended with to a {@link SendOutcome}. */
public final class HttpOutcomes {
  private static final Duration DEFAULT_WAIT = Duration.ofSeconds(5);

  private HttpOutcomes() {}

  /**
   * What an answer that is not 2xx means when the provider says nothing better in its body.
   *
   * @param retryAfter the {@code Retry-After} header, may be null
   */
  public static SendOutcome ofStatus(int status, String retryAfter, Clock clock) {
    String detail = "HTTP " + status;
    return switch (status) {
      case 429 -> new SendOutcome.Throttled(until(retryAfter, clock));
      case 503 ->
          retryAfter == null
              ? new SendOutcome.NotSent(Failure.of(Code.TRANSIENT, detail))
              : new SendOutcome.Throttled(until(retryAfter, clock));
      case 401, 403 -> new SendOutcome.Refused(Failure.of(Code.AUTH, detail));
      case 404, 410 -> new SendOutcome.Refused(Failure.of(Code.RECIPIENT_INVALID, detail));
      case 408, 425, 500, 501 -> new SendOutcome.NotSent(Failure.of(Code.TRANSIENT, detail));
      case 502, 504 -> new SendOutcome.Unknown(Failure.of(Code.UNKNOWN_OUTCOME, detail));
      default ->
          status >= 500
              ? new SendOutcome.NotSent(Failure.of(Code.TRANSIENT, detail))
              : new SendOutcome.Refused(Failure.of(Code.CONTENT_REJECTED, detail));
    };
  }

  /** What a failed exchange means: certain that nothing was written, or not. */
  public static SendOutcome ofFailure(Throwable failure) {
    String detail = failure.getClass().getSimpleName();
    return neverWritten(failure)
        ? new SendOutcome.NotSent(Failure.of(Code.TRANSIENT, detail))
        : new SendOutcome.Unknown(Failure.of(Code.UNKNOWN_OUTCOME, detail));
  }

  /**
   * When a throttled request may be repeated.
   *
   * @param retryAfter seconds or an HTTP date (RFC 9110, section 10.2.3), may be null
   */
  public static Instant until(String retryAfter, Clock clock) {
    if (retryAfter == null) {
      return clock.instant().plus(DEFAULT_WAIT);
    }
    try {
      return clock.instant().plusSeconds(Math.max(0, Long.parseLong(retryAfter.strip())));
    } catch (NumberFormatException notSeconds) {
      try {
        return ZonedDateTime.parse(retryAfter.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
            .toInstant();
      } catch (DateTimeParseException notDate) {
        return clock.instant().plus(DEFAULT_WAIT);
      }
    }
  }

  private static boolean neverWritten(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException
          || cause instanceof ConnectTimeoutException
          || cause instanceof ConnectionRequestTimeoutException
          || cause instanceof UnknownHostException
          || cause instanceof NoRouteToHostException
          || cause instanceof SSLHandshakeException) {
        return true;
      }
    }
    return false;
  }
}
