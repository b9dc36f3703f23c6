package io.omnihub.demo;

import io.omnihub.core.Hub;
import io.omnihub.core.Launch;
import io.omnihub.core.config.ConfigReader;
import io.omnihub.core.plugin.InstalledPlugins;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;

/** A running demo: the simulators, and a hub that believes them. */
final class Demo implements AutoCloseable {
  private final DemoFolder folder;
  private final Simulators simulators;
  private final Hub hub;

  /** What has to be closed, in that order. */
  private final Deque<AutoCloseable> open;

  private Demo(DemoFolder folder, Simulators simulators, Hub hub, Deque<AutoCloseable> open) {
    this.folder = folder;
    this.simulators = simulators;
    this.hub = hub;
    this.open = open;
  }

  /**
   * Starts everything.
   *
   * @param data folder that is kept, null for a temporary one
   * @param knowledge file of the FAQ bot
   * @param seed of the simulators' mischief
   */
  static Demo start(int port, Path data, Path knowledge, long seed) {
    Deque<AutoCloseable> open = new ArrayDeque<>();
    boolean started = false;
    try {
      DemoFolder folder = data == null ? DemoFolder.temporary() : DemoFolder.kept(data);
      open.push(folder);
      DemoSecrets secrets = DemoSecrets.draw();
      Simulators simulators = new Simulators(folder, secrets, seed);
      open.push(simulators);
      InstalledPlugins plugins = Launch.plugins();
      open.push(plugins);
      String text = DemoConfig.text(port, folder, knowledge, simulators.providers(), secrets);
      ConfigReader.Result config = new ConfigReader(plugins, name -> null).read(text);
      if (!config.problems().isEmpty()) {
        ConfigReader.Found first = config.problems().getFirst();
        throw new IllegalStateException(
            "the demo cannot start: " + first.path() + ": " + first.message());
      }
      DemoPages pages = new DemoPages(simulators, secrets, folder.agentKey());
      open.push(pages);
      Hub hub = Hub.start(config.config(), plugins, Clock.systemUTC(), pages::mount);
      open.push(hub);
      simulators.hubAt(hub.url());
      started = true;
      return new Demo(folder, simulators, hub, open);
    } finally {
      if (!started) {
        closeAll(open);
      }
    }
  }

  URI url() {
    return hub.url();
  }

  /** What a person has to know to begin. */
  String greeting() {
    DemoConfig.Providers providers = simulators.providers();
    String data =
        folder.kept()
            ? folder.path() + " (kept; give it again to go on)"
            : folder.path() + " (deleted at the end; --data DIR keeps it)";
    StringBuilder broken = new StringBuilder();
    hub.broken()
        .forEach(
            account ->
                broken
                    .append("\n  NOT RUNNING ")
                    .append(account.id())
                    .append(": ")
                    .append(account.problem()));
    return """

          Open         %1$s/demo
                       play the customers on the left, see what the hub sees on the right
          API          %1$s/docs
          Log-ins      supervisor mia, whom the page plays   %2$s
                       admin                                 %3$s
          Try          curl -H 'Authorization: Bearer %2$s' %1$s/api/v1/conversations
          Simulators   Telegram %4$s, partner %5$s,
                       SMTP 127.0.0.1:%6$d, IMAP 127.0.0.1:%7$d
          Data         %8$s%9$s

        Everything stays on this machine. Ctrl+C ends it."""
        .formatted(
            hub.url(),
            folder.agentKey(),
            folder.adminKey(),
            providers.telegram(),
            providers.partner(),
            providers.smtpPort(),
            providers.imapPort(),
            data,
            broken);
  }

  @Override
  public void close() {
    closeAll(open);
  }

  /** Goes on when one does not close, so that nothing is left behind because of another. */
  private static void closeAll(Deque<AutoCloseable> open) {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        System.getLogger(Demo.class.getName()).log(System.Logger.Level.WARNING, e.getMessage());
      }
    }
  }
}
