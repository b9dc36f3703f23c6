package io.omnihub.channel.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.connector.MediaStore;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Opens files of messages: asks where one is, then downloads it from there, both with the token.
 * The address holds for five minutes; when it no longer does, it is asked for once more. Not by
 * camel-http: it reads an answer whole or ends it with the exchange, while this one is read by the
 * hub, as far as it wants, after the exchange has ended.
 */
final class WhatsAppMedia implements Processor {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int ATTEMPTS = 2;
  private static final Set<Integer> EXPIRED = Set.of(401, 403, 404, 410);

  /** Who may be shown the token. */
  private static final List<String> HOSTS_OF_META =
      List.of(".fbsbx.com", ".facebook.com", ".fbcdn.net", ".whatsapp.net");

  private final WhatsAppConfig config;
  private final GraphApi api;

  WhatsAppMedia(WhatsAppConfig config, GraphApi api) {
    this.config = config;
    this.api = api;
  }

  @Override
  public void process(Exchange exchange) throws IOException {
    String id = exchange.getMessage().getBody(String.class);
    if (!id.matches("[\\w.-]{1,128}")) {
      throw new FileNotFoundException("no media id of WhatsApp's");
    }
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setBody(open(id));
  }

  private MediaStore.Content open(String id) throws IOException {
    for (int attempt = 1; ; attempt++) {
      JsonNode place = place(id);
      HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
      HttpResponse<InputStream> response = download(client, address(place));
      if (response.statusCode() == 200) {
        InputStream stream = new Download(response.body(), client);
        String type = place.path("mime_type").asText("");
        return new MediaStore.Content(stream, "", type, place.path("file_size").asLong());
      }
      response.body().close();
      client.shutdownNow();
      boolean expired = EXPIRED.contains(response.statusCode());
      if (!expired) {
        throw new IOException("the download was answered HTTP " + response.statusCode());
      }
      if (attempt == ATTEMPTS) {
        throw new FileNotFoundException("the media has expired");
      }
    }
  }

  private JsonNode place(String id) throws IOException {
    JsonNode place =
        switch (api.media(id)) {
          case GraphAnswer.Done done -> done.result();
          case GraphAnswer.Declined declined
              when declined.status() == 400 || EXPIRED.contains(declined.status()) ->
              throw new FileNotFoundException(
                  "the media has expired: " + WhatsAppErrors.detail(declined));
          case GraphAnswer.Declined declined ->
              throw new IOException(WhatsAppErrors.detail(declined));
          case GraphAnswer.Lost lost ->
              throw new IOException("no answer: " + lost.cause().getClass().getSimpleName());
        };
    if (place.path("file_size").asLong() > MediaRules.LARGEST) {
      throw new MediaStore.TooLarge(MediaRules.LARGEST);
    }
    return place;
  }

  private URI address(JsonNode place) throws IOException {
    URI address;
    try {
      address = URI.create(place.path("url").asText(""));
    } catch (IllegalArgumentException notAnAddress) {
      throw new IOException("the address of the media cannot be read");
    }
    String host = address.getHost() == null ? "" : address.getHost();
    boolean api =
        config.api().getHost().equals(host) && config.api().getPort() == address.getPort();
    boolean meta =
        "https".equals(address.getScheme()) && HOSTS_OF_META.stream().anyMatch(host::endsWith);
    if (!(api && config.api().getScheme().equals(address.getScheme())) && !meta) {
      throw new IOException("the media is not with Meta");
    }
    return address;
  }

  private HttpResponse<InputStream> download(HttpClient client, URI address) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + config.accessToken().reveal())
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      client.shutdownNow();
      throw new IOException("the download failed: " + e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      client.shutdownNow();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the download was interrupted");
    }
  }

  /** The client has a thread, which ends with the stream. */
  private static final class Download extends FilterInputStream {
    private final HttpClient client;

    Download(InputStream stream, HttpClient client) {
      super(stream);
      this.client = client;
    }

    @Override
    public void close() throws IOException {
      super.close();
      client.shutdownNow();
    }
  }
}
