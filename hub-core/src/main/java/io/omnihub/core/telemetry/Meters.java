package io.omnihub.core.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Makes the registry of measures. Times of the hub's own have the same few buckets everywhere. */
public final class Meters {
  private static final double[] BUCKETS =
      IntStream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000)
          .mapToDouble(millis -> Duration.ofMillis(millis).toNanos())
          .toArray();

  private Meters() {}

  private static final class Buckets implements MeterFilter {
    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
      if (id.getType() != Meter.Type.TIMER || !id.getName().startsWith("omnihub.")) {
        return config;
      }
      return DistributionStatisticConfig.builder()
          .serviceLevelObjectives(BUCKETS)
          .build()
          .merge(config);
    }
  }

  public static PrometheusMeterRegistry create() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.config().meterFilter(new Buckets());
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    return registry;
  }

  /** Shows how much of something waits; tags as name, value, name, value. */
  public static void gauge(
      PrometheusMeterRegistry registry, String name, Supplier<Number> value, String... tags) {
    Gauge.builder(name, value).tags(tags).strongReference(true).register(registry);
  }

  /** Shows since how long something waits, in seconds; zero when nothing does. */
  public static void age(
      PrometheusMeterRegistry registry,
      String name,
      Clock clock,
      Supplier<Optional<Instant>> since,
      String... tags) {
    Supplier<Number> millis =
        () -> since.get().map(at -> Math.max(0, clock.millis() - at.toEpochMilli())).orElse(0L);
    TimeGauge.builder(name, millis, TimeUnit.MILLISECONDS)
        .tags(tags)
        .strongReference(true)
        .register(registry);
  }
}
