package io.omnihub.core.config;

import io.omnihub.api.config.ConfigSpec;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/** The settings that the installed plugins declare. */
public interface SpecCatalog {

  Optional<ConfigSpec> channel(String plugin);

  Optional<ConfigSpec> backend(String plugin);

  /** How long the provider of a channel may deliver an event again; zero when it is not known. */
  Duration maxRedeliveryAge(String plugin);

  /** Names of the installed channel plugins. */
  Collection<String> channels();

  /** Names of the installed backend plugins. */
  Collection<String> backends();
}
