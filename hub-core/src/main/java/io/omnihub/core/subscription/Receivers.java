package io.omnihub.core.subscription;

import io.omnihub.core.media.AddressGuard;
import io.omnihub.core.subscription.Delivery.Outcome;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts to subscribers. Trusts none of them: addresses are checked when the connection is made,
 * redirects are not followed, and answers are bounded in time and in length.
 */
public final class Receivers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Receivers.class);
  private static final int CONNECTIONS = 10_000;
  private static final int LONGEST_ANSWER = 64 << 10;
  private static final int LONGEST_LINE = 8 << 10;
  private static final int MOST_HEADERS = 100;
  private static final TimeValue IDLE = TimeValue.ofSeconds(30);

  private final CloseableHttpClient client;
  private final Clock clock;
  private final ScheduledExecutorService timer;
  private final Duration patience;

  /**
   * A client.
   *
   * @param timer ends calls that take too long
   * @param patience how long one call may take, from the first packet to the last byte
   */
  public Receivers(
      AddressGuard guard, Clock clock, ScheduledExecutorService timer, Duration patience) {
    this.clock = clock;
    this.timer = timer;
    this.patience = patience;
    Timeout timeout = Timeout.of(patience);
    client =
        HttpClients.custom()
            .setConnectionManager(connections(guard, timeout))
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setResponseTimeout(timeout)
                    .setConnectionRequestTimeout(timeout)
                    .build())
            .setUserAgent("Omnihub")
            .evictExpiredConnections()
            .evictIdleConnections(IDLE)
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableContentCompression()
            .disableAutomaticRetries()
            .build();
  }

  private static PoolingHttpClientConnectionManager connections(
      AddressGuard guard, Timeout timeout) {
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setDnsResolver(guard)
        .setMaxConnTotal(CONNECTIONS)
        .setMaxConnPerRoute(CONNECTIONS)
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder()
                .http1Config(
                    Http1Config.custom()
                        .setMaxLineLength(LONGEST_LINE)
                        .setMaxHeaderCount(MOST_HEADERS)
                        .build())
                .build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom().setConnectTimeout(timeout).setSocketTimeout(timeout).build())
        .build();
  }

  /** Posts JSON; blocks until it is answered or given up. */
  Delivery post(URI url, Map<String, String> headers, byte[] json) {
    HttpPost request = new HttpPost(url);
    headers.forEach(request::setHeader);
    request.setEntity(new ByteArrayEntity(json, ContentType.APPLICATION_JSON));
    Future<?> deadline =
        timer.schedule(request::cancel, patience.toMillis(), TimeUnit.MILLISECONDS);
    try {
      ClassicHttpResponse response = client.executeOpen(null, request, null);
      Duration wait = retryAfter(response.getFirstHeader("Retry-After"));
      Delivery delivery = Delivery.answered(response.getCode(), wait);
      throwAway(request, response);
      return delivery;
    } catch (IOException e) {
      return Delivery.failed(outcome(e, request.isCancelled()));
    } finally {
      deadline.cancel(false);
    }
  }

  /** Reads a short answer, so that the connection can be used again, and cuts a longer one off. */
  private static void throwAway(HttpPost request, ClassicHttpResponse response) {
    try (response) {
      HttpEntity answer = response.getEntity();
      if (answer != null
          && answer.getContent().readNBytes(LONGEST_ANSWER).length == LONGEST_ANSWER) {
        // closing alone would read it to its end
        request.cancel();
      }
    } catch (IOException e) {
      LOG.debug("an answer broke off behind its status: {}", e.getMessage());
    }
  }

  private static Outcome outcome(IOException e, boolean cancelled) {
    if (e instanceof AddressGuard.ForbiddenException) {
      return Outcome.FORBIDDEN_ADDRESS;
    }
    boolean late = e instanceof SocketTimeoutException || e instanceof ConnectTimeoutException;
    return cancelled || late ? Outcome.TIMEOUT : Outcome.UNREACHABLE;
  }

  private Duration retryAfter(Header header) {
    if (header == null) {
      return Duration.ZERO;
    }
    String value = header.getValue().strip();
    if (value.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(value));
    }
    Instant until = DateUtils.parseStandardDate(value);
    Instant now = clock.instant();
    return until == null || until.isBefore(now) ? Duration.ZERO : Duration.between(now, until);
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
