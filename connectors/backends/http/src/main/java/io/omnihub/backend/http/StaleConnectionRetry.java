package io.omnihub.backend.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import org.apache.hc.client5.http.HttpRequestRetryStrategy;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.util.TimeValue;

/**
 * Repeats a call at once when it met a kept connection that the bot had closed in the meantime: as
 * it does when it restarts, and then every kept one is dead. The constant webhook-id makes that
 * safe. All other retries are the hub's.
 */
final class StaleConnectionRetry implements HttpRequestRetryStrategy {
  private static final int MOST_RETRIES = 3;

  @Override
  public boolean retryRequest(
      HttpRequest request, IOException failure, int attempts, HttpContext context) {
    return attempts <= MOST_RETRIES && isReused(context) && isClosed(failure);
  }

  @Override
  public boolean retryRequest(HttpResponse response, int attempts, HttpContext context) {
    return false;
  }

  @Override
  public TimeValue getRetryInterval(HttpResponse response, int attempts, HttpContext context) {
    return TimeValue.ZERO_MILLISECONDS;
  }

  @Override
  public TimeValue getRetryInterval(
      HttpRequest request, IOException failure, int attempts, HttpContext context) {
    return TimeValue.ZERO_MILLISECONDS;
  }

  private static boolean isReused(HttpContext context) {
    EndpointDetails connection = HttpCoreContext.cast(context).getEndpointDetails();
    return connection != null && connection.getRequestCount() > 1;
  }

  private static boolean isClosed(IOException failure) {
    return failure instanceof NoHttpResponseException
        || (failure instanceof SocketException && !(failure instanceof ConnectException));
  }
}
