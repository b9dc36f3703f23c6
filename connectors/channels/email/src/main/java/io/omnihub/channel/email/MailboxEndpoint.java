package io.omnihub.channel.email;

import io.omnihub.api.connector.Account;
import io.omnihub.channel.email.mime.MailReader;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** The folder of one account, as a place to read from in a route. */
final class MailboxEndpoint extends DefaultEndpoint {
  private final String uri;
  private final Account account;
  private final EmailConfig.Reading reading;
  private final Login.Source logins;
  private final String trust;
  private final MailReader reader;

  MailboxEndpoint(
      CamelContext camel,
      Account account,
      EmailConfig.Reading reading,
      Access access,
      MailReader reader) {
    setCamelContext(camel);
    this.uri = "mailbox:" + account.id();
    this.account = account;
    this.reading = reading;
    this.logins = access.logins();
    this.trust = access.trust();
    this.reader = reader;
  }

  /** How the server is trusted and logged in to. */
  record Access(Login.Source logins, String trust) {}

  @Override
  public Consumer createConsumer(Processor processor) {
    return new MailboxConsumer(this, processor);
  }

  @Override
  public Producer createProducer() {
    throw new UnsupportedOperationException("a mailbox is a place to read from, not to send to");
  }

  @Override
  protected String createEndpointUri() {
    return uri;
  }

  @Override
  public boolean isSingleton() {
    return true;
  }

  Account account() {
    return account;
  }

  EmailConfig.Reading reading() {
    return reading;
  }

  Login.Source logins() {
    return logins;
  }

  String trust() {
    return trust;
  }

  MailReader reader() {
    return reader;
  }
}
