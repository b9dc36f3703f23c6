package io.omnihub.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Starts, answers one at a time, answers at a fixed rate: the hub, and in the same run the bare
 * hops.
 */
public final class EndToEnd {
  private static final int STARTS = 5;
  private static final int WARM = 2000;
  private static final int ONE_AT_A_TIME = 1000;
  private static final int RATE = 500;
  private static final int SECONDS = 20;
  private static final int PEOPLE = 200;

  private static final List<Process> started = new CopyOnWriteArrayList<>();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicInteger updates = new AtomicInteger();
  private final Peers peers = new Peers();
  private final Path folder;

  private EndToEnd(Path folder) {
    this.folder = folder;
  }

  /** Argument: the launcher of the distribution. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("omnihub-bench");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> started.forEach(Process::destroy)));
    try {
      new EndToEnd(folder).run(arguments[0]);
      System.exit(0);
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private void run(String launcher) throws Exception {
    configure();
    long[] starts = new long[STARTS];
    for (int i = 0; i < STARTS; i++) {
      Started hub = startHub(launcher);
      starts[i] = hub.readyMillis();
      hub.stop();
    }
    System.out.printf(
        Locale.ROOT,
        "start, all plugins and 4 accounts: median %d ms of %s%n",
        median(starts),
        Arrays.toString(starts));

    Started bare = startBare();
    Started hub = startHub(launcher);
    oneAtATime(bare, WARM);
    oneAtATime(hub, WARM);
    double[] bareTimes = new double[ONE_AT_A_TIME];
    double[] hubTimes = new double[ONE_AT_A_TIME];
    for (int block = 0; block < 10; block++) {
      int size = ONE_AT_A_TIME / 10;
      System.arraycopy(oneAtATime(bare, size), 0, bareTimes, block * size, size);
      System.arraycopy(oneAtATime(hub, size), 0, hubTimes, block * size, size);
    }
    report("one at a time, update to answer, bare hops", bareTimes);
    report("one at a time, update to answer, hub", hubTimes);
    System.out.printf(
        Locale.ROOT,
        "  ratio of medians, hub to bare: %.1f%n",
        at(hubTimes, 0.5) / at(bareTimes, 0.5));
    bare.stop();
    System.out.println(stages(hub));

    report(
        RATE / 2 + " updates a second for " + SECONDS + " s, hub", atRate(hub, RATE / 2, SECONDS));
    report(
        RATE + " updates a second for " + SECONDS + " s, hub with 256 MiB of heap",
        atRate(hub, RATE, SECONDS));
    System.out.println("  memory of the hub's process: " + hub.memory());
    hub.stop();
  }

  private void configure() throws IOException {
    Files.writeString(
        folder.resolve("omnihub.yaml"),
        """
        server: { port: 0 }
        channels:
          tg: { plugin: telegram, token: "1:bench", secret-token: bench, api-url: "%s" }
          chat: { plugin: webchat }
          partner: { plugin: webhook, secret: "whsec_YmVuY2gtYmVuY2gtYmVuY2gtYmVuY2g=" }
          mail: { plugin: email, address: bench@example.com, smtp: { host: 127.0.0.1, port: 9, tls: none } }
        backends:
          bot: { plugin: http, url: "%s", settle: 0ms }
        routing: [ { to: [bot] } ]
        """
            .formatted(peers.telegramUrl(), peers.botUrl()));
  }

  private record Started(Process process, URI url, long readyMillis) {
    void stop() throws InterruptedException {
      process.destroy();
      process.waitFor(30, TimeUnit.SECONDS);
    }

    String memory() throws IOException {
      return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
          .filter(line -> line.startsWith("VmRSS") || line.startsWith("VmHWM"))
          .map(line -> line.replaceAll("\\s+", " "))
          .toList()
          .toString();
    }
  }

  private Started startHub(String launcher) {
    return start(new ProcessBuilder(launcher, "serve"));
  }

  private Started startBare() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return start(
        new ProcessBuilder(
            java,
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            BareHops.class.getName(),
            "0",
            peers.botUrl(),
            peers.telegramUrl()));
  }

  private Started start(ProcessBuilder command) {
    try {
      Process process =
          command
              .directory(folder.toFile())
              .redirectError(folder.resolve("err.log").toFile())
              .start();
      started.add(process);
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith("ready in ")) {
          long millis = Long.parseLong(line.split(" ")[2]);
          return new Started(process, URI.create(line.substring(line.indexOf("http://"))), millis);
        }
      }
      throw new IllegalStateException(
          "did not start: " + Files.readString(folder.resolve("err.log")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private double[] oneAtATime(Started hub, int count) throws Exception {
    double[] millis = new double[count];
    for (int i = 0; i < count; i++) {
      int number = updates.incrementAndGet();
      String words = "w" + number;
      long start = System.nanoTime();
      post(hub, number, 10_000L + number % PEOPLE, words);
      millis[i] = (arrivalOf(words) - start) / 1e6;
    }
    return millis;
  }

  private long arrivalOf(String words) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (peers.arrival(words) == null) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("no answer to " + words);
      }
      LockSupport.parkNanos(20_000);
    }
    return peers.arrival(words);
  }

  /**
   * Open loop: an update is due every 2 ms whether the last one is answered or not; late answers
   * count from when it was due.
   */
  private double[] atRate(Started hub, int rate, int seconds) throws InterruptedException {
    peers.forget();
    int total = rate * seconds;
    int first = updates.get() + 1;
    long[] due = new long[total];
    long begin = System.nanoTime();
    AtomicInteger refused = new AtomicInteger();
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < total; i++) {
        due[i] = begin + i * TimeUnit.SECONDS.toNanos(1) / rate;
        LockSupport.parkNanos(due[i] - System.nanoTime());
        int number = updates.incrementAndGet();
        senders.execute(
            () -> {
              if (post(hub, number, 20_000L + number % PEOPLE, "w" + number) != 200) {
                refused.incrementAndGet();
              }
            });
      }
    }
    double[] millis = new double[total];
    for (int i = 0; i < total; i++) {
      millis[i] = (arrivalOf("w" + (first + i)) - due[i]) / 1e6;
    }
    System.out.println("  refused: " + refused.get() + " of " + total);
    return millis;
  }

  private int post(Started hub, int number, long chat, String words) {
    String update =
        "{\"update_id\":%d,\"message\":{\"message_id\":%d,\"date\":1767225600,\"text\":\"%s\",\"chat\":{\"id\":%d,\"type\":\"private\"},\"from\":{\"id\":%d,\"is_bot\":false,\"first_name\":\"P\"}}}"
            .formatted(number, number, words, chat, chat);
    HttpRequest request =
        HttpRequest.newBuilder(hub.url().resolve("/hooks/tg"))
            .header("X-Telegram-Bot-Api-Secret-Token", "bench")
            .POST(HttpRequest.BodyPublishers.ofString(update))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  /** Mean times of the calls that the hub itself made, from its own metrics. */
  private String stages(Started hub) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(hub.url().resolve("/metrics")).build();
    return client
        .send(request, HttpResponse.BodyHandlers.ofString())
        .body()
        .lines()
        .filter(
            line ->
                line.startsWith("omnihub_turns_seconds_")
                    || line.startsWith("omnihub_sends_seconds_"))
        .map(line -> "  " + line)
        .collect(Collectors.joining("\n"));
  }

  private static void report(String what, double[] millis) {
    System.out.printf(
        Locale.ROOT,
        "%s: median %.2f ms, p95 %.2f, p99 %.2f, max %.1f%n",
        what,
        at(millis, 0.5),
        at(millis, 0.95),
        at(millis, 0.99),
        at(millis, 1));
  }

  private static double at(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))];
  }

  private static long median(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
