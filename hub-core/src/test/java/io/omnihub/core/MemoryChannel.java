package io.omnihub.core;

import io.omnihub.api.config.ConfigSpec;
import io.omnihub.api.connector.Account;
import io.omnihub.api.connector.ChannelConnector;
import io.omnihub.api.model.Capabilities;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.OutboundMessage;
import io.omnihub.api.model.SendOutcome;
import io.omnihub.api.route.InboundBatch;
import io.omnihub.api.route.InboundReceipt;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;

/** A channel whose provider is the test: it hands in events and decides what becomes of sends. */
final class MemoryChannel implements ChannelConnector {
  private final String name;
  private final Capabilities capabilities;
  private final boolean threaded;
  private final Map<String, ProducerTemplate> producers = new ConcurrentHashMap<>();
  private final List<OutboundMessage> sent = new CopyOnWriteArrayList<>();
  private final AtomicInteger ids = new AtomicInteger();
  private volatile Function<OutboundMessage, SendOutcome> provider =
      message -> SendOutcome.Accepted.as("out-" + ids.incrementAndGet());
  private volatile Function<String, Object> media = reference -> null;

  MemoryChannel(String name, Capabilities capabilities, boolean threaded) {
    this.name = name;
    this.capabilities = capabilities;
    this.threaded = threaded;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    return "A channel in memory.";
  }

  @Override
  public ConfigSpec config() {
    return ConfigSpec.builder().build();
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public Duration maxRedeliveryAge() {
    return Duration.ofDays(1);
  }

  @Override
  public boolean threaded() {
    return threaded;
  }

  @Override
  public RoutesBuilder routes(Account account) {
    return new RouteBuilder() {
      @Override
      public void configure() {
        producers.put(account.id(), getContext().createProducerTemplate());
        errorHandler(noErrorHandler());
        from("direct:in-" + account.id()).to("hub:inbound/" + account.id());
        from("hub:outbound/" + account.id())
            .process(
                exchange -> {
                  OutboundMessage message = exchange.getMessage().getBody(OutboundMessage.class);
                  sent.add(message);
                  exchange.getMessage().setBody(provider.apply(message));
                });
        from("hub:media/" + account.id())
            .process(
                exchange ->
                    exchange
                        .getMessage()
                        .setBody(media.apply(exchange.getMessage().getBody(String.class))));
      }
    };
  }

  /** The provider delivers events; returns once they are durable. */
  InboundReceipt deliver(String account, InboundEvent... events) {
    return deliver(account, InboundBatch.of(List.of(events)));
  }

  /** The provider delivers a request with its raw bytes. */
  InboundReceipt deliver(String account, InboundBatch batch) {
    return producers.get(account).requestBody("direct:in-" + account, batch, InboundReceipt.class);
  }

  /** What the provider does with sends from now on. */
  void answerWith(Function<OutboundMessage, SendOutcome> behaviour) {
    provider = behaviour;
  }

  void mediaWith(Function<String, Object> behaviour) {
    media = behaviour;
  }

  /** Everything that the hub has tried to send, oldest first. */
  List<OutboundMessage> sent() {
    return List.copyOf(sent);
  }
}
