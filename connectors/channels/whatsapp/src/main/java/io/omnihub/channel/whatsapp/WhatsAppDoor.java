package io.omnihub.channel.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.api.json.HubJson;
import io.omnihub.api.route.HubHeaders;
import io.omnihub.api.route.InboundBatch;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a webhook of Meta in as a batch of events, proves to Meta that the address is ours, or
 * answers with what is wrong.
 */
final class WhatsAppDoor implements Processor {
  /** The payload as JSON, for what follows when its events are safe. */
  static final String PAYLOAD = "whatsapp.payload";

  private static final Logger LOG = LoggerFactory.getLogger(WhatsAppDoor.class);

  private final String account;
  private final WhatsAppConfig config;
  private final WhatsAppInbound inbound;

  WhatsAppDoor(String account, WhatsAppConfig config, WhatsAppInbound inbound) {
    this.account = account;
    this.config = config;
    this.inbound = inbound;
  }

  @Override
  public void process(Exchange exchange) {
    Message request = exchange.getMessage();
    byte[] body = request.getBody(byte[].class);
    byte[] raw = body == null ? new byte[0] : body;
    String method = request.getHeader(HubHeaders.METHOD, "", String.class);
    String query = request.getHeader(HubHeaders.QUERY, "", String.class);
    boolean trusted = method.equals("POST") && isTrusted(signature(request), raw);
    request.removeHeaders("*");
    switch (method) {
      case "GET" -> prove(exchange, query);
      case "POST" -> {
        if (trusted) {
          read(exchange, raw);
        } else {
          answer(exchange, 401, "the signature is missing or wrong");
        }
      }
      default -> {
        request.setHeader("Allow", "GET, POST");
        answer(exchange, 405, "only GET and POST");
      }
    }
  }

  /** Meta asks once, when the address is entered, whether we know the token. */
  private void prove(Exchange exchange, String query) {
    String token = parameter(query, "hub.verify_token").orElse("");
    boolean subscribes = parameter(query, "hub.mode").orElse("").equals("subscribe");
    Optional<String> challenge = parameter(query, "hub.challenge");
    if (subscribes && challenge.isPresent() && config.verifyToken().matches(token)) {
      answer(exchange, 200, challenge.get());
    } else {
      answer(exchange, 403, "the verify token is wrong");
    }
  }

  private static Optional<String> parameter(String query, String name) {
    for (String pair : query.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0 && decoded(pair.substring(0, equals)).equals(name)) {
        return Optional.of(decoded(pair.substring(equals + 1)));
      }
    }
    return Optional.empty();
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return text;
    }
  }

  private static String signature(Message request) {
    return request.getHeaders().entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(WhatsAppSignature.HEADER))
        .map(header -> header.getValue() instanceof String value ? value : "")
        .findFirst()
        .orElse(null);
  }

  private boolean isTrusted(String signature, byte[] raw) {
    return switch (config.enforcement()) {
      case OFF -> true;
      case ENFORCE -> config.signature().holds(signature, raw);
      case SHADOW -> {
        if (!config.signature().holds(signature, raw)) {
          LOG.warn("{}: a request without a valid signature is taken, as configured", account);
        }
        yield true;
      }
    };
  }

  private void read(Exchange exchange, byte[] raw) {
    JsonNode payload;
    try {
      payload = HubJson.mapper().readTree(raw);
    } catch (IOException notJson) {
      payload = HubJson.mapper().missingNode();
    }
    if (!payload.path("entry").isArray()) {
      answer(exchange, 400, "expected a webhook of the WhatsApp Business Platform");
      return;
    }
    exchange.setProperty(PAYLOAD, payload);
    exchange.getMessage().setBody(InboundBatch.json(inbound.events(payload), raw));
  }

  private static void answer(Exchange exchange, int status, String text) {
    exchange.getMessage().setHeader(HubHeaders.STATUS, status);
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "text/plain; charset=utf-8");
    exchange.getMessage().setBody(text);
  }
}
