package io.omnihub.api.route;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;

/** {@code from("hub:KIND/ACCOUNT")}: the hub calls, the route answers. */
final class ServedEndpoint extends DefaultEndpoint {
  private final HubGateway gateway;
  private final HubGateway.Kind kind;
  private final String account;

  ServedEndpoint(
      String uri,
      HubComponent component,
      HubGateway gateway,
      HubGateway.Kind kind,
      String account) {
    super(uri, component);
    this.gateway = gateway;
    this.kind = kind;
    this.account = account;
    setExchangePattern(ExchangePattern.InOut);
  }

  @Override
  public Producer createProducer() {
    throw new UnsupportedOperationException(
        "hub:" + kind + " is a place to read from, not to send to");
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    return new ServingConsumer(this, processor);
  }

  @Override
  public boolean isSingleton() {
    return true;
  }

  private static final class ServingConsumer extends DefaultConsumer {
    private final ServedEndpoint endpoint;
    private HubGateway.Registration registration;

    ServingConsumer(ServedEndpoint endpoint, Processor processor) {
      super(endpoint, processor);
      this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
      super.doStart();
      registration = endpoint.gateway.serve(endpoint.kind, endpoint.account, this::call);
    }

    @Override
    protected void doStop() throws Exception {
      if (registration != null) {
        registration.close();
        registration = null;
      }
      super.doStop();
    }

    private HubGateway.Answer call(Object body, Map<String, Object> headers) throws Exception {
      Exchange exchange = createExchange(false);
      try {
        exchange.getIn().setBody(body);
        exchange.getIn().setHeaders(new HashMap<>());
        headers.forEach(exchange.getIn()::setHeader);
        getProcessor().process(exchange);
        if (exchange.getException() != null) {
          throw exchange.getException();
        }
        return new HubGateway.Answer(
            exchange.getMessage().getBody(),
            Map.copyOf(withoutNulls(exchange.getMessage().getHeaders())));
      } finally {
        releaseExchange(exchange, false);
      }
    }

    private static Map<String, Object> withoutNulls(Map<String, Object> headers) {
      Map<String, Object> present = new HashMap<>(headers);
      present.values().removeIf(value -> value == null);
      return present;
    }
  }
}
