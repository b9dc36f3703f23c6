package io.omnihub.channel.telegram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.api.connector.MediaStore;
import io.omnihub.api.json.HubJson;
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
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Opens files of messages. Not by camel-http: it reads an answer whole or ends it with the
 * exchange, while this one is read by the hub, as far as it wants, after the exchange has ended.
 */
final class BotFiles implements Processor {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TelegramConfig config;
  private final BotApi api;

  BotFiles(TelegramConfig config, BotApi api) {
    this.config = config;
    this.api = api;
  }

  @Override
  public void process(Exchange exchange) throws IOException {
    String fileId = exchange.getMessage().getBody(String.class);
    ObjectNode params = HubJson.mapper().createObjectNode().put("file_id", fileId);
    exchange
        .getMessage()
        .setBody(
            switch (api.call("getFile", params)) {
              case BotAnswer.Done done ->
                  open(
                      done.result().path("file_path").asText(""),
                      done.result().path("file_size").asLong());
              case BotAnswer.Declined declined when declined.status() == 400 ->
                  throw new FileNotFoundException(TelegramErrors.detail(declined));
              case BotAnswer.Declined declined ->
                  throw new IOException(TelegramErrors.detail(declined));
              case BotAnswer.Lost lost ->
                  throw new IOException("no answer: " + lost.cause().getClass().getSimpleName());
            });
  }

  private MediaStore.Content open(String path, long size) throws IOException {
    HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    try {
      HttpRequest request = HttpRequest.newBuilder(address(path)).timeout(PATIENCE).build();
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      InputStream stream = new Download(response.body(), client);
      if (response.statusCode() != 200) {
        stream.close();
        throw new IOException("the download was answered HTTP " + response.statusCode());
      }
      String name = path.substring(path.lastIndexOf('/') + 1);
      return new MediaStore.Content(stream, name, "", size);
    } catch (IOException e) {
      client.shutdownNow();
      throw e;
    } catch (InterruptedException e) {
      client.shutdownNow();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the download was interrupted");
    }
  }

  private URI address(String path) throws IOException {
    if (!path.matches("[\\w.@/-]+") || path.contains("..")) {
      throw new IOException("the Bot API server does not hand out the file over HTTP");
    }
    return URI.create(config.apiUrl() + "/file/bot" + config.token().reveal() + "/" + path);
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
