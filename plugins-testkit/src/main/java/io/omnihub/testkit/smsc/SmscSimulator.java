package io.omnihub.testkit.smsc;

import io.omnihub.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import javax.net.ServerSocketFactory;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.session.BindRequest;
import org.jsmpp.session.connection.Connection;
import org.jsmpp.session.connection.socket.SocketConnection;

/** A message centre on loopback. Safe for all threads; listens until it is closed. */
public final class SmscSimulator implements AutoCloseable {
  public static final String SYSTEM_ID = "hub";
  public static final String PASSWORD = "secret08";

  /** What {@link #deliver} answers when no answer came. */
  public static final int NO_ANSWER = -1;

  private static final int BIND_PATIENCE = 5000;
  private static final int INVALID_PASSWORD = 0x0E;

  private final SmscFaults faults = new SmscFaults();
  private final SmscDesk desk = new SmscDesk(faults);
  private final List<Bound> bound = new CopyOnWriteArrayList<>();
  private final List<BindType> binds = new CopyOnWriteArrayList<>();
  private final ServerSocket server;

  private SmscSimulator(ServerSocket server) {
    this.server = server;
  }

  private record Bound(SmscSession session, BindType type, Connection connection) {}

  /** Listens on a free port. */
  public static SmscSimulator start() {
    return start(ServerSocketFactory.getDefault());
  }

  /** Listens on a free port, with TLS if the factory does. */
  public static SmscSimulator start(ServerSocketFactory sockets) {
    try {
      SmscSimulator smsc =
          new SmscSimulator(sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
      Thread.ofVirtual().name("smsc-simulator").start(smsc::acceptAll);
      return smsc;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return server.getLocalPort();
  }

  /** Settings of an account that is bound here. */
  public Map<String, String> settings() {
    return Map.of(
        "host",
        "127.0.0.1",
        "port",
        String.valueOf(port()),
        "system-id",
        SYSTEM_ID,
        "password",
        PASSWORD);
  }

  /** All submissions that were taken, in order. */
  public List<SubmittedSms> submitted() {
    return desk.taken();
  }

  public List<SubmittedSms> awaitSubmitted(int count) {
    Await.until(count + " submissions", () -> desk.taken().size() >= count);
    return desk.taken();
  }

  /** The types of all binds so far, refused ones too. */
  public List<String> binds() {
    return binds.stream().map(BindType::name).toList();
  }

  /** Waits until so many connections are bound and their peers answer. */
  public void awaitBound(int count) {
    Await.until(
        count + " binds",
        () -> alive().size() == count && alive().stream().allMatch(one -> one.session().ready()));
  }

  /** The most submissions that waited for their answer at the same time. */
  public int mostAtOnce() {
    return desk.mostAtOnce();
  }

  /** Ids are given in this form, from 1 on. */
  public void ids(LongFunction<String> form) {
    desk.ids(form);
  }

  /** The next submissions are refused with these; 0 takes one in between. */
  public void answerNext(int... statuses) {
    faults.answerNext(statuses);
  }

  /** The next binds are answered with these. */
  public void answerNextBinds(int... statuses) {
    faults.answerNextBinds(statuses);
  }

  /** The next submissions are taken and never answered. */
  public void swallowNext(int answers) {
    faults.swallowNext(answers);
  }

  /** Submissions are taken but not answered until {@link #release()}. */
  public void hold() {
    faults.hold();
  }

  public void release() {
    faults.release();
  }

  /** Whether enquire_link goes unanswered. */
  public void deaf(boolean now) {
    faults.deaf(now);
  }

  /** How many enquire_link have come. */
  public int enquiries() {
    return faults.enquiries();
  }

  /** Cuts all connections without a word. */
  public void drop() {
    for (Bound one : bound) {
      try {
        one.connection().close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    Await.until("the end of all connections", () -> alive().isEmpty());
  }

  /** Delivers and waits for the answer: its command_status, or {@link #NO_ANSWER}. */
  public int deliver(DeliveredSms sms) {
    SmscSession session = receiver().session();
    try {
      session.deliverShortMessage(
          "",
          TypeOfNumber.valueOf((byte) sms.sourceTon()),
          NumberingPlanIndicator.ISDN,
          sms.source(),
          TypeOfNumber.INTERNATIONAL,
          NumberingPlanIndicator.ISDN,
          sms.destination(),
          new ESMClass((byte) sms.esmClass()),
          (byte) 0,
          (byte) 0,
          new RegisteredDelivery(0),
          new RawDataCoding((byte) sms.dataCoding()),
          sms.content(),
          sms.parameters().toArray(new OptionalParameter[0]));
      return 0;
    } catch (NegativeResponseException e) {
      return e.getCommandStatus();
    } catch (ResponseTimeoutException | InvalidResponseException | IOException e) {
      return NO_ANSWER;
    } catch (PDUException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Writes bytes to the connection as they are. */
  public void inject(byte[] bytes) {
    try {
      receiver().connection().getOutputStream().write(bytes);
      receiver().connection().getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    faults.release();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    bound.forEach(one -> one.session().close());
  }

  private Bound receiver() {
    return alive().stream()
        .filter(one -> one.type() != BindType.BIND_TX)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("nobody is bound to receive"));
  }

  private List<Bound> alive() {
    return bound.stream()
        .filter(one -> one.session().getSessionState().isBound())
        .collect(Collectors.toList());
  }

  private void acceptAll() {
    while (!server.isClosed()) {
      try {
        Connection connection = new SocketConnection(server.accept());
        Thread.ofVirtual().name("smsc-bind").start(() -> bind(connection));
      } catch (IOException e) {
        // closed, or a handshake that failed: the next one may do better
        Thread.onSpinWait();
      }
    }
  }

  private void bind(Connection connection) {
    SmscSession session = new SmscSession(connection, desk, faults);
    try {
      connection.setSoTimeout(BIND_PATIENCE);
      BindRequest request = session.waitForBind(BIND_PATIENCE);
      binds.add(request.getBindType());
      int refusal = refusal(request);
      if (refusal == 0) {
        request.accept("simulator");
        bound.add(new Bound(session, request.getBindType(), connection));
      } else {
        request.reject(refusal);
      }
    } catch (IOException | TimeoutException | PDUException e) {
      session.close();
    }
  }

  private int refusal(BindRequest request) {
    int asked = faults.bindStatus();
    boolean known =
        request.getSystemId().equals(SYSTEM_ID) && request.getPassword().equals(PASSWORD);
    return asked != 0 || known ? asked : INVALID_PASSWORD;
  }
}
