package io.omnihub.channel.webhook;

import io.omnihub.api.route.HubHeaders;
import io.omnihub.api.route.InboundBatch;
import io.omnihub.channel.webhook.WebhookInbound.Reading;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a partner's request in as a batch of events, or answers it with what is wrong. */
final class WebhookDoor implements Processor {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookDoor.class);
  private static final int LARGEST_BODY = 1 << 20;

  private final String account;
  private final WebhookConfig config;
  private final Clock clock;
  private final WebhookInbound inbound;

  WebhookDoor(String account, WebhookConfig config, Clock clock) {
    this.account = account;
    this.config = config;
    this.clock = clock;
    inbound = new WebhookInbound(account);
  }

  @Override
  public void process(Exchange exchange) {
    byte[] body = exchange.getMessage().getBody(byte[].class);
    byte[] raw = body == null ? new byte[0] : body;
    if (!"POST".equals(exchange.getMessage().getHeader(HubHeaders.METHOD))) {
      WebhookAnswers.notPosted(exchange);
    } else if (raw.length > LARGEST_BODY) {
      WebhookAnswers.tooLarge(exchange, LARGEST_BODY);
    } else if (!isTrusted(exchange.getMessage(), raw)) {
      WebhookAnswers.unsigned(exchange);
    } else {
      read(exchange, raw);
    }
  }

  private void read(Exchange exchange, byte[] raw) {
    switch (inbound.read(raw, clock.instant())) {
      case Reading.Events reading ->
          exchange.getMessage().setBody(InboundBatch.json(reading.events(), raw));
      case Reading.Malformed reading -> WebhookAnswers.malformed(exchange, reading);
      case Reading.NotEvents reading -> WebhookAnswers.malformed(exchange, reading);
    }
  }

  private boolean isTrusted(Message request, byte[] raw) {
    return switch (config.enforcement()) {
      case OFF -> true;
      case ENFORCE -> isSigned(request, raw);
      case SHADOW -> {
        if (!isSigned(request, raw)) {
          LOG.warn("{}: a request without a valid signature is taken, as configured", account);
        }
        yield true;
      }
    };
  }

  private boolean isSigned(Message request, byte[] raw) {
    return config
        .signature()
        .verifies(
            request.getHeader(WebhookSignature.ID, String.class),
            request.getHeader(WebhookSignature.TIMESTAMP, String.class),
            request.getHeader(WebhookSignature.SIGNATURE, String.class),
            raw,
            clock.instant());
  }
}
