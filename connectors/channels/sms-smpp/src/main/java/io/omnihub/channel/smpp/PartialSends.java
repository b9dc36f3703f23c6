package io.omnihub.channel.smpp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.omnihub.api.connector.AccountState;
import io.omnihub.api.json.HubJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which segments of a message the message centre has taken when it did not take all: the next
 * attempt goes on behind them. Durable; safe for all threads.
 */
final class PartialSends {
  private static final String KEY = "partial-sends";
  private static final int MOST = 100;

  private final AccountState state;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, List<String>> taken = new LinkedHashMap<>();

  PartialSends(AccountState state) {
    this.state = state;
    state.get(KEY).ifPresent(json -> taken.putAll(read(json)));
  }

  /** The ids of the segments that were taken, first one first. */
  List<String> of(String key) {
    lock.lock();
    try {
      return new ArrayList<>(taken.getOrDefault(key, List.of()));
    } finally {
      lock.unlock();
    }
  }

  /** Returns when it is durable; no ids means that the message is done with. */
  void keep(String key, List<String> ids) {
    lock.lock();
    try {
      List<String> before = taken.remove(key);
      if (ids.isEmpty() && before == null) {
        return;
      }
      if (!ids.isEmpty()) {
        taken.put(key, List.copyOf(ids));
      }
      if (taken.size() > MOST) {
        taken.remove(taken.keySet().iterator().next());
      }
      state.put(KEY, HubJson.mapper().valueToTree(taken).toString());
    } finally {
      lock.unlock();
    }
  }

  private static Map<String, List<String>> read(String json) {
    try {
      return HubJson.mapper().readValue(json, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the account's state holds no partial sends", e);
    }
  }
}
