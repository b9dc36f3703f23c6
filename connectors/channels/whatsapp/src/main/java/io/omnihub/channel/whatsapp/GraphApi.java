package io.omnihub.channel.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.connector.MediaStore;
import java.nio.charset.StandardCharsets;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.http.HttpComponent;
import org.apache.hc.client5.http.entity.mime.InputStreamBody;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;

/** Calls the Graph API. The token travels in a header, so that no address has it. */
final class GraphApi {
  private static final String OPTIONS =
      "?throwExceptionOnFailure=false&copyHeaders=false&connectTimeout=10000"
          + "&responseTimeout=30000&soTimeout=30000&httpMethod=";

  private final ProducerTemplate template;
  private final WhatsAppConfig config;

  GraphApi(CamelContext camel, WhatsAppConfig config) {
    this.config = config;
    String component = config.api().getScheme();
    // The client would repeat what was answered 429 or 503 by itself, a second later.
    camel.getComponent(component, HttpComponent.class).setAutomaticRetriesDisabled(true);
    template = camel.createProducerTemplate();
  }

  /** Posts to {@code messages} of the number: a message, or a mark that one was read. */
  GraphAnswer messages(JsonNode request) {
    return post(
        "messages",
        new StringEntity(
            request.toString(), ContentType.create("application/json", StandardCharsets.UTF_8)));
  }

  /** Uploads a file; the result has its id. Does not close it. */
  GraphAnswer upload(MediaStore.Content file, String mediaType, String name) {
    ContentType text = ContentType.create("text/plain", StandardCharsets.UTF_8);
    ContentType type = ContentType.create(mediaType);
    String shown = name.isBlank() ? "file" : name.replaceAll("[\\r\\n\"]", "_");
    long size = file.size() > 0 ? file.size() : -1;
    // Strict mode would turn a file name into ASCII.
    HttpEntity form =
        MultipartEntityBuilder.create()
            .setLaxMode()
            .setCharset(StandardCharsets.UTF_8)
            .addTextBody("messaging_product", "whatsapp", text)
            .addTextBody("type", mediaType, text)
            .addPart("file", new InputStreamBody(file.stream(), type, shown, size))
            .build();
    return post("media", form);
  }

  /** Where the bytes of a file are, for five minutes. */
  GraphAnswer media(String id) {
    return call(
        "GET",
        request -> {
          Message message = request.getMessage();
          message.setHeader(Exchange.HTTP_PATH, "/" + id);
          message.setHeader(Exchange.HTTP_QUERY, "phone_number_id=" + config.phoneNumberId());
        });
  }

  private GraphAnswer post(String path, HttpEntity entity) {
    return call(
        "POST",
        request -> {
          Message message = request.getMessage();
          message.setHeader(Exchange.HTTP_PATH, "/" + config.phoneNumberId() + "/" + path);
          message.setHeader(Exchange.CONTENT_TYPE, entity.getContentType());
          message.setBody(entity);
        });
  }

  private GraphAnswer call(String method, Processor request) {
    Exchange exchange =
        template.request(
            config.apiUrl() + OPTIONS + method,
            outgoing -> {
              String token = config.accessToken().reveal();
              outgoing.getMessage().setHeader("Authorization", "Bearer " + token);
              request.process(outgoing);
            });
    if (exchange.getException() != null) {
      return new GraphAnswer.Lost(exchange.getException());
    }
    Message answer = exchange.getMessage();
    int status = answer.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
    byte[] body = answer.getBody(byte[].class);
    String retryAfter = answer.getHeader("Retry-After", String.class);
    return GraphAnswer.read(status, retryAfter, body == null ? new byte[0] : body);
  }
}
