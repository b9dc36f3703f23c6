package io.omnihub.testkit.harness;

import io.omnihub.api.connector.AccountState;
import io.omnihub.api.connector.Connector;
import io.omnihub.api.connector.MediaStore;
import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.model.Message;
import io.omnihub.api.model.OutboundMessage;
import io.omnihub.api.model.SendOutcome;
import io.omnihub.api.model.Turn;
import io.omnihub.api.model.TurnResult;
import io.omnihub.api.route.HubComponent;
import io.omnihub.api.route.HubGateway;
import io.omnihub.api.route.HubGateway.Kind;
import io.omnihub.api.route.HubHeaders;
import io.omnihub.api.route.InboundBatch;
import io.omnihub.api.route.OverloadedException;
import io.omnihub.api.route.SocketEvent;
import io.omnihub.api.route.TypingNotice;
import io.omnihub.testkit.Await;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * One account of a connector, running in a Camel context of its own against a hub in memory. Its
 * account id is {@link #ACCOUNT}.
 */
public final class ConnectorHarness implements AutoCloseable {
  public static final String ACCOUNT = "acc";

  private final MemoryGateway gateway = new MemoryGateway();
  private final MemoryAccount account;
  private final DefaultCamelContext camel = new DefaultCamelContext();

  private ConnectorHarness(MemoryAccount account) {
    this.account = account;
  }

  /** Starts with an empty state and the system's clock. */
  public static ConnectorHarness start(Connector connector, Map<String, ?> settings) {
    return start(connector, settings, Clock.systemUTC(), freshState());
  }

  /**
   * Starts the connector's routes.
   *
   * @param settings as a configuration file would hold them
   * @param state pass the same one again to test a restart
   */
  public static ConnectorHarness start(
      Connector connector, Map<String, ?> settings, Clock clock, AccountState state) {
    MemoryAccount account =
        new MemoryAccount(ACCOUNT, connector.config().resolve(settings).orThrow(), clock, state);
    ConnectorHarness harness = new ConnectorHarness(account);
    try {
      harness.camel.addComponent("hub", new HubComponent(harness.gateway));
      harness.camel.setLoadHealthChecks(false);
      harness.camel.getShutdownStrategy().setTimeout(5);
      harness.camel.addRoutes(connector.routes(account));
      harness.camel.start();
    } catch (Exception e) {
      harness.close();
      throw new IllegalStateException("the connector's routes did not start", e);
    }
    return harness;
  }

  public static AccountState freshState() {
    return new MemoryAccount.MemoryState();
  }

  /** All events that the connector has handed in, each key once. */
  public List<InboundEvent> events() {
    return gateway.events();
  }

  public List<InboundBatch> batches() {
    return gateway.batches();
  }

  /** Waits until at least so many events have come in. */
  public List<InboundEvent> awaitEvents(int count) {
    Await.until(count + " inbound events", () -> gateway.events().size() >= count);
    return gateway.events();
  }

  /** The next attempts to hand in events fail as if the store were away. */
  public void refuseNext(int times) {
    gateway.refuseNext(times);
  }

  public MediaStore media() {
    return account.media();
  }

  /** Adds to what the connector can read as the account's transcript. */
  public void remember(Message message) {
    account.transcript().add(message);
  }

  /** A POST to the account's webhook. */
  public HttpReply webhook(byte[] body, Map<String, String> headers) {
    return http(Kind.WEBHOOK, "POST", "", "", body, headers);
  }

  public HttpReply webhook(String body, Map<String, String> headers) {
    return webhook(body.getBytes(StandardCharsets.UTF_8), headers);
  }

  /**
   * A request as the hub's HTTP server would hand it on; an overloaded hub answers 503, as the
   * server does.
   */
  public HttpReply http(
      Kind kind,
      String method,
      String path,
      String query,
      byte[] body,
      Map<String, String> headers) {
    Map<String, Object> all = new HashMap<>();
    headers.forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), value));
    all.put(HubHeaders.METHOD, method);
    all.put(HubHeaders.PATH, path);
    all.put(HubHeaders.QUERY, query);
    all.put(HubHeaders.REMOTE, "127.0.0.1");
    try {
      HubGateway.Answer answer = call(kind, body, all);
      Object status = answer.headers().getOrDefault(HubHeaders.STATUS, 200);
      return new HttpReply((Integer) status, answer.headers(), bytes(answer.body()));
    } catch (OverloadedException e) {
      return new HttpReply(503, Map.of("Retry-After", e.retryAfter().toSeconds()), new byte[0]);
    }
  }

  public SendOutcome send(OutboundMessage message) {
    return (SendOutcome) call(Kind.OUTBOUND, message, Map.of()).body();
  }

  public TurnResult turn(Turn turn) {
    return (TurnResult) call(Kind.TURNS, turn, Map.of()).body();
  }

  public void typing(TypingNotice notice) {
    call(Kind.TYPING, notice, Map.of());
  }

  /** Resolves a reference that stood behind {@code fetch:}. */
  public MediaStore.Content fetch(String reference) {
    return (MediaStore.Content) call(Kind.MEDIA, reference, Map.of()).body();
  }

  public void socket(SocketEvent event) {
    call(Kind.SOCKET, event, Map.of(HubHeaders.REMOTE, "127.0.0.1"));
  }

  @Override
  public void close() {
    camel.stop();
  }

  private HubGateway.Answer call(Kind kind, Object body, Map<String, Object> headers) {
    HubGateway.HubRoute route =
        gateway
            .route(kind, ACCOUNT)
            .orElseThrow(() -> new AssertionError("the connector has no route from hub:" + kind));
    try {
      return route.call(body, headers);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the connector's " + kind + " route failed", e);
    }
  }

  private static byte[] bytes(Object body) {
    return switch (body) {
      case null -> new byte[0];
      case byte[] raw -> raw;
      default -> body.toString().getBytes(StandardCharsets.UTF_8);
    };
  }
}
