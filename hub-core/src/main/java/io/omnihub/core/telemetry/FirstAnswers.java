package io.omnihub.core.telemetry;

import io.omnihub.core.telemetry.Stages.Stage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long customers wait. Remembers, in memory only, since when the newest ten thousand
 * conversations wait for something to be sent; what waited before a restart is not measured. Safe
 * for all threads.
 */
public final class FirstAnswers {
  private static final int MOST = 10_000;

  private record Waiting(String account, Instant since) {}

  private final Stages stages;
  private final Clock clock;
  private final Map<String, Waiting> waiting =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Waiting> eldest) {
          return size() > MOST;
        }
      };

  public FirstAnswers(Stages stages, Clock clock) {
    this.stages = stages;
    this.clock = clock;
  }

  /** A customer wrote; nothing changes while the conversation waits already. */
  public void asked(String conversation, String account, Instant at) {
    synchronized (waiting) {
      waiting.putIfAbsent(conversation, new Waiting(account, at));
    }
  }

  /** Something was sent in the conversation. */
  public void answered(String conversation) {
    Waiting done;
    synchronized (waiting) {
      done = waiting.remove(conversation);
    }
    if (done != null) {
      stages.passed(Stage.WHOLE, done.account(), Duration.between(done.since(), clock.instant()));
    }
  }
}
