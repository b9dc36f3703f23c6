package io.omnihub.channel.smpp;

import io.omnihub.api.route.InboundBatch;
import io.omnihub.api.route.OverloadedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;

/**
 * Keeps the account bound, and its intake running, from the start of the route to its stop. Each
 * has a platform thread of its own: TLS of Java 21 would hold carriers of virtual threads.
 */
final class SmscConsumer extends DefaultConsumer {
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

  private final SmscEndpoint endpoint;
  private final List<Thread> connections = new ArrayList<>();
  private Thread taking;
  private Intake intake;

  SmscConsumer(SmscEndpoint endpoint, Processor processor) {
    super(endpoint, processor);
    this.endpoint = endpoint;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    intake =
        new Intake(
            endpoint.account().id(),
            endpoint.reading(),
            this::handIn,
            endpoint.tick(),
            endpoint.account().clock());
    taking = thread("intake", intake);
    bind(endpoint.receiving(), "smsc");
    if (endpoint.sending() != endpoint.receiving()) {
      bind(endpoint.sending(), "smsc-sending");
    }
  }

  /** First what has come in is finished, then the connections end. */
  @Override
  protected void doStop() throws Exception {
    intake.stop();
    taking.join(STOP_PATIENCE);
    endpoint.receiving().stop();
    endpoint.sending().stop();
    for (Thread thread : connections) {
      thread.join(STOP_PATIENCE);
    }
    connections.clear();
    super.doStop();
  }

  private void bind(Binding binding, String what) {
    binding.open();
    Intake receiver = intake;
    connections.add(thread(what, () -> binding.run(receiver)));
  }

  private Thread thread(String what, Runnable task) {
    return Thread.ofPlatform()
        .daemon()
        .name("sms-" + endpoint.account().id() + "-" + what)
        .start(task);
  }

  private void handIn(InboundBatch batch) {
    Exchange exchange = createExchange(false);
    try {
      exchange.getIn().setBody(batch);
      getProcessor().process(exchange);
      OverloadedException overloaded = exchange.getException(OverloadedException.class);
      if (overloaded != null) {
        throw overloaded;
      }
      if (exchange.getException() != null) {
        throw new IllegalStateException("the hub did not take it", exchange.getException());
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the hub did not take it", e);
    } finally {
      releaseExchange(exchange, false);
    }
  }
}
