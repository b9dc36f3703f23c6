package io.omnihub.core.config;

import io.omnihub.api.config.ConfigSpec;
import io.omnihub.api.config.SettingType;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Plugins that do not exist, with a setting of every type. */
final class SampleCatalog implements SpecCatalog {
  private static final ConfigSpec PARROT =
      ConfigSpec.builder()
          .requiredSecret("token", "Token of the bird.")
          .optional("count", SettingType.INTEGER, "How many.")
          .optional("ratio", SettingType.DECIMAL, "How much.")
          .withDefault("loud", SettingType.FLAG, "false", "Whether it shouts.")
          .withDefault("pause", SettingType.DURATION, "5s", "Between two words.")
          .optional("cap", SettingType.SIZE, "At most.")
          .optional("base", SettingType.ADDRESS, "Where it lives.")
          .choice("mode", "How it speaks.", "talk", "sing")
          .optional("words", SettingType.TEXTS, "What it knows.")
          .optional("headers", SettingType.MAPPING, "What it wears.")
          .section(
              "cage",
              false,
              "Where it sleeps.",
              ConfigSpec.builder()
                  .required("name", SettingType.TEXT, "Name of the cage.")
                  .optionalSecret("lock", "Code of the lock.")
                  .build())
          .build();

  private static final ConfigSpec PIGEON =
      ConfigSpec.builder()
          .withDefault("region", SettingType.TEXT, "DE", "Home country of the pigeon.")
          .section(
              "rate",
              false,
              "How many pigeons fly.",
              ConfigSpec.builder()
                  .withDefault("per-second", SettingType.DECIMAL, "0.5", "How many start.")
                  .build())
          .build();

  private static final ConfigSpec ECHO =
      ConfigSpec.builder()
          .required("url", SettingType.ADDRESS, "Where the bot is.")
          .withDefault("settle", SettingType.DURATION, "2s", "Pause before it is asked.")
          .build();

  private final Map<String, ConfigSpec> channels = Map.of("parrot", PARROT, "pigeon", PIGEON);
  private final Map<String, ConfigSpec> backends = Map.of("echo", ECHO);

  @Override
  public Optional<ConfigSpec> channel(String plugin) {
    return Optional.ofNullable(channels.get(plugin));
  }

  @Override
  public Optional<ConfigSpec> backend(String plugin) {
    return Optional.ofNullable(backends.get(plugin));
  }

  @Override
  public Duration maxRedeliveryAge(String plugin) {
    return plugin.equals("pigeon") ? Duration.ofDays(7) : Duration.ZERO;
  }

  @Override
  public Collection<String> channels() {
    return channels.keySet();
  }

  @Override
  public Collection<String> backends() {
    return backends.keySet();
  }
}
