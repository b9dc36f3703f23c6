package io.omnihub.benchmarks;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** Starts the programs that are measured, all with the same Java and the same heap. */
final class Programs {
  /** Keeps the whole of Camel's deep stacks when a profile is taken. */
  private static final String DEEP_STACKS = "-XX:FlightRecorderOptions:stackdepth=256";

  private final Path launcher;
  private final Path folder;
  private final Peers peers;
  private final Database database;
  private final String javaOptions;

  Programs(Options options, Load load, Database database, Path folder) {
    launcher = options.file("launcher").orElseThrow();
    this.folder = folder;
    this.database = database;
    peers = load.peers();
    javaOptions =
        options.text("java-options", "") + (options.file("jfr").isPresent() ? DEEP_STACKS : "");
  }

  /**
   * The hub with Telegram's webhook and a bot over HTTP, on the database as it is now.
   *
   * @throws IllegalStateException when it does not start
   */
  Program hub() throws IOException {
    return hub("");
  }

  /**
   * The same with further channels.
   *
   * @param channels lines of YAML
   */
  Program hub(String channels) throws IOException {
    Files.writeString(
        folder.resolve("omnihub.yaml"),
        """
        server: { port: 0 }
        store: %s
        channels:
          tg: { plugin: telegram, token: "1:bench", secret-token: bench, api-url: "%s" }
          %s
        backends:
          bot: { plugin: http, url: "%s", settle: 0ms }
        routing: [ { to: [bot] } ]
        """
            .formatted(database.settings(), peers.telegramUrl(), channels, peers.botUrl()));
    ProcessBuilder command =
        new ProcessBuilder(launcher.toString(), "serve").directory(folder.toFile());
    command.environment().put("JAVA_HOME", System.getProperty("java.home"));
    command.environment().put("OMNIHUB_JAVA_OPTIONS", javaOptions);
    return Program.start(command, folder.resolve("hub.log"));
  }

  /** The program that only makes the three calls. */
  Program bare() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    return Program.start(
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            BareHops.class.getName(),
            Integer.toString(port),
            peers.botUrl(),
            peers.telegramUrl()),
        folder.resolve("bare.log"));
  }
}
