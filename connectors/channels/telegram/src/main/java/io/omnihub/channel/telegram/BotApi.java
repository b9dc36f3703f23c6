package io.omnihub.channel.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.connector.MediaStore;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.http.HttpComponent;
import org.apache.hc.client5.http.entity.mime.InputStreamBody;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;

/**
 * Calls methods of the Bot API. The token travels in a header of the exchange that camel-http makes
 * the path of, so that no endpoint has it in its address.
 */
final class BotApi {
  private static final String OPTIONS =
      "?throwExceptionOnFailure=false&connectTimeout=10000&responseTimeout=30000&soTimeout=30000"
          + "&httpMethod=POST";

  private final ProducerTemplate template;
  private final TelegramConfig config;

  BotApi(CamelContext camel, TelegramConfig config) {
    this.config = config;
    String component = URI.create(config.apiUrl()).getScheme();
    // The client would repeat what was answered 429 or 503 by itself, a second later.
    camel.getComponent(component, HttpComponent.class).setAutomaticRetriesDisabled(true);
    template = camel.createProducerTemplate();
  }

  BotAnswer call(String method, JsonNode params) {
    return post(
        method,
        new StringEntity(
            params.toString(), ContentType.create("application/json", StandardCharsets.UTF_8)));
  }

  /** A call with a file. */
  BotAnswer call(TelegramRequest request, TelegramRequest.Upload upload, MediaStore.Content file) {
    // Strict mode would turn a file name into ASCII.
    MultipartEntityBuilder form =
        MultipartEntityBuilder.create().setLaxMode().setCharset(StandardCharsets.UTF_8);
    ContentType text = ContentType.create("text/plain", StandardCharsets.UTF_8);
    request
        .params()
        .properties()
        .forEach(
            param -> {
              JsonNode value = param.getValue();
              String written = value.isValueNode() ? value.asText() : value.toString();
              form.addTextBody(param.getKey(), written, text);
            });
    form.addPart(upload.field(), body(upload, file));
    return post(request.method(), form.build());
  }

  private static InputStreamBody body(TelegramRequest.Upload upload, MediaStore.Content file) {
    String name = upload.name().isBlank() ? file.name() : upload.name();
    String shown = name.isBlank() ? upload.field() : name.replaceAll("[\\r\\n\"]", "_");
    long size = file.size() > 0 ? file.size() : -1;
    return new InputStreamBody(file.stream(), ContentType.APPLICATION_OCTET_STREAM, shown, size);
  }

  private BotAnswer post(String method, HttpEntity entity) {
    Exchange exchange =
        template.request(
            config.apiUrl() + OPTIONS,
            request -> {
              request.getMessage().setHeader(Exchange.HTTP_PATH, config.methodPath(method));
              request.getMessage().setHeader(Exchange.CONTENT_TYPE, entity.getContentType());
              request.getMessage().setBody(entity);
            });
    if (exchange.getException() != null) {
      return new BotAnswer.Lost(exchange.getException());
    }
    int status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
    byte[] body = exchange.getMessage().getBody(byte[].class);
    return BotAnswer.read(status, body == null ? new byte[0] : body);
  }
}
