package io.omnihub.core.plugin;

import io.omnihub.api.route.HubGateway;
import io.omnihub.api.route.InboundBatch;
import io.omnihub.api.route.InboundReceipt;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the hub and the plugins' routes meet: routes register here, the hub calls them; what they
 * bring goes to the ingress.
 */
public final class HubPorts implements HubGateway {
  private final Map<String, HubRoute> routes = new ConcurrentHashMap<>();
  private final Acceptor acceptor;

  public HubPorts(Acceptor acceptor) {
    this.acceptor = acceptor;
  }

  /** Takes what routes bring in. */
  public interface Acceptor {
    InboundReceipt accept(String account, InboundBatch batch);
  }

  @Override
  public InboundReceipt accept(String account, InboundBatch batch) {
    return acceptor.accept(account, batch);
  }

  @Override
  public Registration serve(Kind kind, String account, HubRoute route) {
    String key = key(kind, account);
    if (routes.putIfAbsent(key, route) != null) {
      throw new IllegalStateException("two routes serve hub:" + key);
    }
    return () -> routes.remove(key, route);
  }

  /** The route that serves an account, if there is one. */
  public Optional<HubRoute> route(Kind kind, String account) {
    return Optional.ofNullable(routes.get(key(kind, account)));
  }

  private static String key(Kind kind, String account) {
    return kind + "/" + account;
  }
}
