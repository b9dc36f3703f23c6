package io.omnihub.testkit.telegram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Updates that the hub has not confirmed yet. Safe for all threads; waiting ends by interruption.
 */
final class UpdateQueue {
  private final Deque<ObjectNode> pending = new ArrayDeque<>();
  private long nextId;
  private long poller;
  private boolean pushing;

  UpdateQueue(long firstId) {
    nextId = firstId;
  }

  synchronized void add(ObjectNode update) {
    ObjectNode numbered = BotRequest.JSON.createObjectNode();
    numbered.put("update_id", nextId++);
    numbered.setAll(update);
    pending.add(numbered);
    notifyAll();
  }

  /** Whether updates are pushed to a webhook rather than polled. */
  synchronized void pushing(boolean push) {
    pushing = push;
    poller++;
    notifyAll();
  }

  synchronized void clear() {
    pending.clear();
  }

  synchronized int size() {
    return pending.size();
  }

  /**
   * As {@code getUpdates}: forgets what is older than the offset and waits for what is newer.
   *
   * @param offset 0 for none; a negative one counts from the end
   * @throws BotRefusal when another poller or a webhook takes over
   */
  synchronized List<ObjectNode> poll(long offset, int limit, Duration wait)
      throws InterruptedException {
    long me = ++poller;
    notifyAll();
    confirm(offset);
    long end = System.nanoTime() + wait.toNanos();
    while (pending.isEmpty() || me != poller) {
      if (me != poller) {
        throw new BotRefusal(
            409,
            "Conflict: terminated by other getUpdates request; make sure that only one bot instance"
                + " is running");
      }
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return List.of();
      }
      wait(left);
    }
    return new ArrayList<>(pending.stream().limit(limit).toList());
  }

  /** Waits for an update to push; it stays in the queue until it is removed. */
  synchronized ObjectNode awaitPush() throws InterruptedException {
    while (!pushing || pending.isEmpty()) {
      wait();
    }
    return pending.getFirst();
  }

  /** The update behind the first one. */
  synchronized Optional<ObjectNode> second() {
    return pending.stream().skip(1).findFirst();
  }

  synchronized void remove(ObjectNode update) {
    pending.remove(update);
  }

  private void confirm(long offset) {
    if (offset > 0) {
      pending.removeIf(update -> update.path("update_id").asLong() < offset);
    } else if (offset < 0) {
      while (pending.size() > -offset) {
        pending.removeFirst();
      }
    }
  }
}
