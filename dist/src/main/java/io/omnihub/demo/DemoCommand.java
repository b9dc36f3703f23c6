package io.omnihub.demo;

import io.omnihub.core.Launch;
import io.omnihub.core.Omnihub;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the demo until a signal ends it. */
@Command(
    name = "demo",
    description = "Shows the hub: simulated providers, and a page that plays the customers.",
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Omnihub.Extra, Callable<Integer> {
  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "Where the hub listens; 0 takes a free port. Default ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder that keeps everything for the next start; default a temporary one.")
  private Path data;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Where the simulators' chance begins. Default ${DEFAULT-VALUE}.")
  private long seed;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Path knowledge = Path.of(System.getProperty(Launch.HOME, ".")).resolve("demo/faq.yaml");
    if (!Files.isReadable(knowledge)) {
      throw new Launch.UsageException(
          "the distribution is not complete: " + knowledge + " cannot be read");
    }
    QuietMailServer.arrange();
    Demo demo = Demo.start(port, data, knowledge, seed);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(demo)));
    PrintWriter out = spec.commandLine().getOut();
    long millis = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    out.println("ready in " + millis + " ms on " + demo.url());
    out.println(demo.greeting());
    out.flush();
    new CountDownLatch(1).await();
    return 0;
  }

  private static void stop(Demo demo) {
    demo.close();
    // an orderly end by a signal is no failure, although the JVM would say so
    Runtime.getRuntime().halt(0);
  }
}
