package io.omnihub.core.media;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.Timeout;

/**
 * Fetches media by address, guarded: http and https only, few redirects, each checked again, all
 * within a time.
 */
final class MediaFetcher implements AutoCloseable {
  private static final Timeout CONNECT = Timeout.ofSeconds(5);
  private static final Timeout READ = Timeout.ofSeconds(20);
  private static final Set<String> SCHEMES = Set.of("http", "https");

  private final CloseableHttpClient client;

  MediaFetcher(boolean allowPrivate) {
    client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(new AddressGuard(allowPrivate, "media.allow-private"))
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(CONNECT)
                            .setSocketTimeout(READ)
                            .build())
                    .build())
            .setDefaultRequestConfig(
                RequestConfig.custom().setMaxRedirects(3).setResponseTimeout(READ).build())
            .disableCookieManagement()
            .disableAutomaticRetries()
            .build();
  }

  /** What to do with the bytes; they end with the call. */
  interface Sink<T> {
    T take(InputStream bytes, String mediaType) throws IOException;
  }

  <T> T fetch(String url, Sink<T> sink) throws IOException {
    URI uri = URI.create(url);
    if (uri.getScheme() == null || !SCHEMES.contains(uri.getScheme()) || uri.getHost() == null) {
      throw new IOException("not an http address");
    }
    return client.execute(
        new HttpGet(uri),
        response -> {
          if (response.getCode() != 200 || response.getEntity() == null) {
            throw new IOException("HTTP " + response.getCode());
          }
          String type = response.getEntity().getContentType();
          return sink.take(response.getEntity().getContent(), type == null ? "" : type);
        });
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
