package io.omnihub.channel.smpp;

import io.omnihub.api.config.Trust;
import io.omnihub.api.model.Failure;
import io.omnihub.channel.smpp.pdu.BodyWriter;
import io.omnihub.channel.smpp.pdu.MalformedPduException;
import io.omnihub.channel.smpp.pdu.Pdu;
import io.omnihub.channel.smpp.pdu.Status;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one connection to the message centre: binds, and binds again when it ends, waiting longer
 * each time. Runs on one thread; {@link #link()} and {@link #stop()} may be called from any.
 */
final class Binding {
  private static final Logger log = LoggerFactory.getLogger(Binding.class);
  private static final int INTERFACE_VERSION = 0x34;
  private static final Duration GOODBYE = Duration.ofSeconds(1);

  /** A connection that held this long was a good one. */
  private static final Duration GOOD = Duration.ofSeconds(10);

  private final String account;
  private final SmppConfig config;
  private final Role role;
  private final SmppPlugin.Pace pace;
  private final SSLSocketFactory secure;
  private final AtomicReference<Link> bound = new AtomicReference<>();
  private volatile CountDownLatch stopped = new CountDownLatch(0);
  private volatile Socket socket;
  private volatile Failure why = Failure.of(Failure.Code.TRANSIENT, "not bound yet");
  private Duration wait;

  Binding(String account, SmppConfig config, Role role, SmppPlugin.Pace pace) {
    this.account = account;
    this.config = config;
    this.role = role;
    this.pace = pace;
    secure = config.server().tls() ? Trust.of(config.server().trust()) : null;
    wait = pace.firstWait();
  }

  /** What the connection is for. */
  enum Role {
    BOTH(Pdu.BIND_TRANSCEIVER),
    RECEIVER(Pdu.BIND_RECEIVER),
    TRANSMITTER(Pdu.BIND_TRANSMITTER);

    private final int command;

    Role(int command) {
      this.command = command;
    }
  }

  /** The connection, when there is one. */
  Optional<Link> link() {
    return Optional.ofNullable(bound.get()).filter(Link::alive);
  }

  /** Why there is none. */
  Failure why() {
    return why;
  }

  /** From now on {@link #run} runs, and {@link #stop()} ends it. */
  void open() {
    stopped = new CountDownLatch(1);
  }

  /** Stays bound until {@link #stop()}. */
  void run(Link.Receiver receiver) {
    CountDownLatch mine = stopped;
    while (mine.getCount() > 0) {
      long began = System.nanoTime();
      try {
        stayBound(mine, receiver);
      } catch (IOException | MalformedPduException e) {
        ended(mine, e);
      } catch (RuntimeException e) {
        // whatever one connection came to, the next one may work
        log.error("The connection of {} to its message centre failed", account, e);
      }
      if (System.nanoTime() - began > GOOD.toNanos()) {
        wait = pace.firstWait();
      }
      pause(mine);
    }
  }

  /** Says goodbye and ends the connection; {@link #run} returns soon. */
  void stop() {
    stopped.countDown();
    Link link = bound.getAndSet(null);
    try {
      if (link != null && link.alive()) {
        link.unbind(GOODBYE);
      }
      Socket open = socket;
      if (open != null) {
        open.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      log.trace("The connection was gone already", e);
    }
  }

  private void stayBound(CountDownLatch mine, Link.Receiver receiver)
      throws IOException, MalformedPduException {
    Link.Timing timing =
        new Link.Timing(config.server().responseTimeout(), config.login().enquireLink());
    try (Socket connection = connect(mine);
        Link link = new Link(connection, timing, config.sending().window())) {
      int status = link.bind(role.command, bindBody());
      if (status != Status.OK) {
        refused(status);
        return;
      }
      log.info("Bound to the message centre of {} as {}", account, role);
      bound.set(link);
      link.read(receiver);
    } finally {
      bound.set(null);
    }
  }

  private Socket connect(CountDownLatch mine) throws IOException {
    SmppConfig.Server server = config.server();
    int patience = (int) server.responseTimeout().toMillis();
    Socket plain = new Socket();
    socket = plain;
    try {
      if (mine.getCount() == 0) {
        throw new IOException("the account is being stopped");
      }
      plain.connect(new InetSocketAddress(server.host(), server.port()), patience);
      plain.setTcpNoDelay(true);
      return secure == null ? plain : overTls(plain, patience);
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  private Socket overTls(Socket plain, int patience) throws IOException {
    SmppConfig.Server server = config.server();
    SSLSocket tls = (SSLSocket) secure.createSocket(plain, server.host(), server.port(), true);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    tls.setSSLParameters(parameters);
    tls.setSoTimeout(patience);
    tls.startHandshake();
    return tls;
  }

  private byte[] bindBody() {
    SmppConfig.Login login = config.login();
    return new BodyWriter()
        .text(login.systemId())
        .text(login.password().reveal())
        .text(login.systemType())
        .octet(INTERFACE_VERSION)
        .octet(0)
        .octet(0)
        .text("")
        .body();
  }

  /** What only the operator can mend is not tried often. */
  private void refused(int status) {
    boolean login =
        status == Status.INVALID_PASSWORD
            || status == Status.INVALID_SYSTEM_ID
            || status == Status.BIND_FAILED;
    String detail = "the message centre refuses the bind, " + SmppErrors.name(status);
    why = Failure.of(login ? Failure.Code.AUTH : Failure.Code.TRANSIENT, detail);
    if (login) {
      log.error("{}: {}", account, detail);
      wait = pace.longestWait();
    } else {
      log.warn("{}: {}", account, detail);
    }
  }

  private void ended(CountDownLatch mine, Exception cause) {
    why = Failure.of(Failure.Code.TRANSIENT, "not connected to the message centre");
    if (mine.getCount() > 0) {
      log.warn("{} is not connected to its message centre: {}", account, cause.toString());
    }
  }

  /** Half of the wait is by chance, so that not all come back at once. */
  private void pause(CountDownLatch mine) {
    long half = Math.max(1, wait.toMillis() / 2);
    Duration doubled = wait.multipliedBy(2);
    wait = doubled.compareTo(pace.longestWait()) > 0 ? pace.longestWait() : doubled;
    try {
      if (mine.await(half + ThreadLocalRandom.current().nextLong(half), TimeUnit.MILLISECONDS)) {
        log.debug("{} ends its connection", account);
      }
    } catch (InterruptedException e) {
      mine.countDown();
    }
  }
}
