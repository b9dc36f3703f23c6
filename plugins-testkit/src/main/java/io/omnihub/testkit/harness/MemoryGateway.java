package io.omnihub.testkit.harness;

import io.omnihub.api.model.InboundEvent;
import io.omnihub.api.route.HubGateway;
import io.omnihub.api.route.InboundBatch;
import io.omnihub.api.route.InboundReceipt;
import io.omnihub.api.route.OverloadedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps events in memory, once for each key. */
final class MemoryGateway implements HubGateway {
  private final Map<String, HubRoute> routes = new ConcurrentHashMap<>();
  private final List<InboundBatch> batches = new ArrayList<>();
  private final List<InboundEvent> events = new ArrayList<>();
  private final Set<String> keys = new HashSet<>();
  private int refusals;

  @Override
  public synchronized InboundReceipt accept(String account, InboundBatch batch) {
    if (refusals > 0) {
      refusals--;
      throw new OverloadedException("the store is away", Duration.ofSeconds(1), null);
    }
    int fresh = 0;
    for (InboundEvent event : batch.events()) {
      if (keys.add(event.key())) {
        events.add(event);
        fresh++;
      }
    }
    batches.add(batch);
    return new InboundReceipt(fresh, batch.events().size() - fresh);
  }

  @Override
  public Registration serve(Kind kind, String account, HubRoute route) {
    String key = kind + "/" + account;
    routes.put(key, route);
    return () -> routes.remove(key, route);
  }

  Optional<HubRoute> route(Kind kind, String account) {
    return Optional.ofNullable(routes.get(kind + "/" + account));
  }

  synchronized void refuseNext(int times) {
    refusals = times;
  }

  synchronized List<InboundEvent> events() {
    return List.copyOf(events);
  }

  synchronized List<InboundBatch> batches() {
    return List.copyOf(batches);
  }
}
