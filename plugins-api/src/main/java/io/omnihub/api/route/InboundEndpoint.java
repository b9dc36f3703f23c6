package io.omnihub.api.route;

import io.omnihub.api.model.InboundEvent;
import java.util.List;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** {@code to("hub:inbound/ACCOUNT")}: completes when the events are durable. */
final class InboundEndpoint extends DefaultEndpoint {
  private final HubGateway gateway;
  private final String account;

  InboundEndpoint(String uri, HubComponent component, HubGateway gateway, String account) {
    super(uri, component);
    this.gateway = gateway;
    this.account = account;
  }

  @Override
  public Producer createProducer() {
    return new DefaultProducer(this) {
      @Override
      public void process(Exchange exchange) {
        InboundBatch batch = batchOf(exchange.getMessage().getBody());
        exchange.getMessage().setBody(gateway.accept(account, batch));
      }
    };
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    throw new UnsupportedOperationException("hub:inbound is a place to send to, not to read from");
  }

  @Override
  public boolean isSingleton() {
    return true;
  }

  private static InboundBatch batchOf(Object body) {
    return switch (body) {
      case InboundBatch batch -> batch;
      case InboundEvent event -> InboundBatch.of(List.of(event));
      case List<?> events ->
          InboundBatch.of(events.stream().map(InboundEvent.class::cast).toList());
      case null, default ->
          throw new IllegalArgumentException(
              "hub:inbound takes an InboundBatch, an InboundEvent or a list of them, got "
                  + (body == null ? "nothing" : body.getClass().getName()));
    };
  }
}
