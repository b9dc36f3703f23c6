package io.omnihub.core.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How long the stages of the pipeline take, by account. Safe for all threads. */
public final class Stages {

  /** A stage that is not measured where a plugin is called. */
  public enum Stage {
    /** Events of a connector, until they are durable. */
    ACCEPT,
    /** An event, from durable to applied. */
    DECIDE,
    /** What a customer wrote, until the first answer was sent. */
    WHOLE
  }

  private record Key(Stage stage, String account) {}

  private final MeterRegistry meters;
  private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

  public Stages(MeterRegistry meters) {
    this.meters = meters;
  }

  /** Something has passed a stage; a clock that was put back counts as no time. */
  public void passed(Stage stage, String account, Duration took) {
    timers
        .computeIfAbsent(new Key(stage, account), this::timer)
        .record(took.isNegative() ? Duration.ZERO : took);
  }

  private Timer timer(Key key) {
    String word = key.stage().name().toLowerCase(Locale.ROOT);
    return meters.timer("omnihub.stage", "stage", word, "account", key.account());
  }
}
