package io.omnihub.core.telemetry;

import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.Supplier;

/** Makes the registry of measures. */
public final class Meters {
  private Meters() {}

  public static PrometheusMeterRegistry create() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    return registry;
  }

  /** Shows how much of something waits; tags as name, value, name, value. */
  public static void gauge(
      PrometheusMeterRegistry registry, String name, Supplier<Number> value, String... tags) {
    io.micrometer.core.instrument.Gauge.builder(name, value)
        .tags(tags)
        .strongReference(true)
        .register(registry);
  }
}
