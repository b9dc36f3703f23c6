package io.omnihub.core.plugin;

import java.time.Duration;
import java.util.List;

/**
 * What the hub must know of a backend.
 *
 * @param settle pause in a person's messages before it is asked
 * @param patience how long it is tried when it fails
 * @param queues queues of a desk, the first of which takes what is handed over; empty for a bot
 */
public record BackendInfo(
    String id, String plugin, Duration settle, Duration patience, List<String> queues) {
  public BackendInfo {
    queues = List.copyOf(queues);
  }

  /** Agents answer, not a bot. */
  public boolean isDesk() {
    return !queues.isEmpty();
  }
}
