package io.omnihub.channel.smpp;

import io.omnihub.api.connector.Account;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** The message centre of one account, as a place to read from in a route. */
final class SmscEndpoint extends DefaultEndpoint {
  private final Account account;
  private final Binding receiving;
  private final Binding sending;
  private final Intake.Reading reading;
  private final Duration tick;

  SmscEndpoint(
      CamelContext camel,
      Account account,
      Binding receiving,
      Binding sending,
      Intake.Reading reading,
      Duration tick) {
    setCamelContext(camel);
    this.account = account;
    this.receiving = receiving;
    this.sending = sending;
    this.reading = reading;
    this.tick = tick;
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    return new SmscConsumer(this, processor);
  }

  @Override
  public Producer createProducer() {
    throw new UnsupportedOperationException("a message centre is sent to through hub:outbound");
  }

  @Override
  protected String createEndpointUri() {
    return "smsc:" + account.id();
  }

  @Override
  public boolean isSingleton() {
    return true;
  }

  Account account() {
    return account;
  }

  /** The connection that messages come by; the same as {@link #sending()} for a transceiver. */
  Binding receiving() {
    return receiving;
  }

  Binding sending() {
    return sending;
  }

  Intake.Reading reading() {
    return reading;
  }

  Duration tick() {
    return tick;
  }
}
