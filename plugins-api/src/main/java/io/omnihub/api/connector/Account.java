package io.omnihub.api.connector;

import io.omnihub.api.config.Settings;
import java.net.URI;
import java.time.Clock;

/**
 * One configured connection of a plugin, and what the hub offers to it. All methods may be called
 * from any thread.
 */
public interface Account {

  /** The account's id in the configuration; it names the endpoints: {@code hub:inbound/ID}. */
  String id();

  Settings settings();

  Clock clock();

  /** Where the hub is reached from outside, without a slash at the end. */
  URI publicUrl();

  AccountState state();

  MediaStore media();

  Transcript transcript();
}
