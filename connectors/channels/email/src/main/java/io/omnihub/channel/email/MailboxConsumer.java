package io.omnihub.channel.email;

import io.omnihub.api.config.Trust;
import io.omnihub.api.connector.Account;
import io.omnihub.api.route.InboundBatch;
import io.omnihub.api.route.OverloadedException;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;

/**
 * Runs a {@link MailboxWatcher} from the start of its route to the stop of it. It has a platform
 * thread of its own: the mail library waits for its server inside of {@code synchronized}, which on
 * Java 21 would hold one of the few carriers of all virtual threads.
 */
final class MailboxConsumer extends DefaultConsumer {
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

  private final MailboxEndpoint endpoint;
  private Run run;

  MailboxConsumer(MailboxEndpoint endpoint, Processor processor) {
    super(endpoint, processor);
    this.endpoint = endpoint;
  }

  /** What exists from start to stop. */
  private record Run(MailboxWatcher watcher, Thread thread, ScheduledExecutorService timers) {}

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    Account account = endpoint.account();
    EmailConfig.Reading reading = endpoint.reading();
    String name = "email-" + account.id();
    ScheduledExecutorService timers =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(name + "-timeouts").factory());
    MailboxWatcher watcher =
        new MailboxWatcher(
            new ImapConnector(timers),
            new MailFetcher(endpoint.reader(), reading.maxSize()),
            this::handIn,
            new MailboxWatcher.Pace(reading.poll(), reading.backfill()),
            new MailboxWatcher.Context(account.id(), account.state(), account.clock()));
    Thread thread = Thread.ofPlatform().daemon().name(name).unstarted(watcher);
    thread.setContextClassLoader(MailboxConsumer.class.getClassLoader());
    run = new Run(watcher, thread, timers);
    thread.start();
  }

  @Override
  protected void doStop() throws Exception {
    if (run != null) {
      run.watcher().stop();
      run.thread().join(STOP_PATIENCE);
      run.timers().shutdownNow();
      run = null;
    }
    super.doStop();
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
        throw new IllegalStateException("the hub did not take a mail", exchange.getException());
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the hub did not take a mail", e);
    } finally {
      releaseExchange(exchange, false);
    }
  }

  /** Connects with what the account is set to. */
  private final class ImapConnector implements MailboxWatcher.Connector {
    private final CuttableSockets sockets = new CuttableSockets(Trust.of(endpoint.trust()));
    private final ScheduledExecutorService timers;

    ImapConnector(ScheduledExecutorService timers) {
      this.timers = timers;
    }

    @Override
    public Mailbox connect() throws MessagingException, IOException, Login.Refused {
      Login login = endpoint.logins().next();
      EmailConfig.Reading reading = endpoint.reading();
      try {
        return Mailbox.open(
            MailSessions.imap(reading.server(), login.oauth(), sockets, timers),
            reading,
            login,
            endpoint.account().clock());
      } catch (AuthenticationFailedException e) {
        endpoint.logins().rejected();
        throw e;
      }
    }

    @Override
    public void cut() {
      sockets.cut();
    }
  }
}
