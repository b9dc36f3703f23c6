package io.omnihub.core.lane;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks of one key strictly one after the other, in the order in which they were submitted. A
 * key that is idle costs nothing. A task may block. Safe for all threads.
 */
public final class Lanes {
  private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

  private final String name;
  private final ExecutorService executor;
  private final Map<String, Queue<Runnable>> waiting = new HashMap<>();

  public Lanes(String name, ExecutorService executor) {
    this.name = name;
    this.executor = executor;
  }

  /** Appends a task to the lane of the key. What it throws is logged and does not stop the lane. */
  public void submit(String key, Runnable task) {
    synchronized (waiting) {
      Queue<Runnable> queue = waiting.get(key);
      if (queue != null) {
        queue.add(task);
        return;
      }
      waiting.put(key, new ArrayDeque<>());
    }
    try {
      executor.execute(() -> drain(key, task));
    } catch (RejectedExecutionException e) {
      synchronized (waiting) {
        waiting.remove(key);
      }
      LOG.debug("the hub is closing, a task of the {} lanes waits for the next run", name);
    }
  }

  /** Whether nothing of the key runs or waits. */
  public boolean idle(String key) {
    synchronized (waiting) {
      return !waiting.containsKey(key);
    }
  }

  /** How many lanes have work. */
  public int busy() {
    synchronized (waiting) {
      return waiting.size();
    }
  }

  private void drain(String key, Runnable first) {
    Runnable task = first;
    while (task != null) {
      runSafely(task);
      task = next(key);
    }
  }

  private Runnable next(String key) {
    synchronized (waiting) {
      Runnable task = waiting.get(key).poll();
      if (task == null) {
        waiting.remove(key);
      }
      return task;
    }
  }

  private void runSafely(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      LOG.error("a task of the {} lanes failed", name, e);
    }
  }
}
