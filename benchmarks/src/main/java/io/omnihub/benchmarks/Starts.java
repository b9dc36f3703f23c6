package io.omnihub.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How long a hub takes to be ready, with an account of every channel that comes with it. */
final class Starts implements Mode {
  private static final String CHANNELS =
      """
      chat: { plugin: webchat }
        partner: { plugin: webhook, secret: "whsec_YmVuY2gtYmVuY2gtYmVuY2gtYmVuY2g=" }
        mail: { plugin: email, address: bench@example.com, smtp: { host: 127.0.0.1, port: 9, tls: none } }
      """;

  private final Load load;
  private final Options options;

  Starts(Load load, Options options) {
    this.load = load;
    this.options = options;
  }

  @Override
  public void run(Path folder) throws IOException, InterruptedException {
    Programs programs = new Programs(options, load, Database.of(options, folder), folder);
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < options.number("pairs", 5); i++) {
      Program hub = programs.hub(CHANNELS.strip());
      seconds.add(hub.start().toMillis() / 1e3);
      hub.stop();
    }
    Table table = new Table("starts", "median s", "fastest s", "slowest s");
    table.row(
        Integer.toString(seconds.size()),
        "%.2f|%.2f|%.2f",
        Figures.median(seconds),
        Collections.min(seconds),
        Collections.max(seconds));
    System.out.println(table);
  }
}
