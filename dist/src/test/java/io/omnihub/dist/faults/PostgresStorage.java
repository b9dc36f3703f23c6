package io.omnihub.dist.faults;

import io.omnihub.dist.HubProcess;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A PostgreSQL server of its own, which can be stopped and started over its data. */
final class PostgresStorage implements Storage {
  private final Path data;
  private final int port = HubProcess.freePort();
  private EmbeddedPostgres server;

  private PostgresStorage(Path folder) {
    data = folder.resolve("postgres");
  }

  /** Starts one, or skips the test when the distribution does not know PostgreSQL. */
  static PostgresStorage start(Path folder) {
    PostgresStorage storage = new PostgresStorage(folder);
    Storage.assumeKnown(storage.yaml(), folder);
    storage.begin();
    return storage;
  }

  @Override
  public String yaml() {
    return "store: { url: \"jdbc:postgresql://127.0.0.1:"
        + port
        + "/postgres\", user: postgres, password: postgres }";
  }

  /** Starts the server, over what it had before. */
  void begin() {
    try {
      server =
          EmbeddedPostgres.builder()
              .setPort(port)
              .setDataDirectory(data)
              .setCleanDataDirectory(false)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops the server; its clients lose their connections. */
  void end() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    end();
  }
}
