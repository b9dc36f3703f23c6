package io.omnihub.benchmarks;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** What a hub holds on its heap. */
final class Heap {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String USED = "jvm_memory_used_bytes{area=\"heap\"";

  private Heap() {}

  /** MiB in use right after a full collection, as the hub's own metrics tell them. */
  static double live(Program hub) throws IOException, InterruptedException {
    Jcmd.tell(hub, List.of("GC.run"));
    HttpRequest request = HttpRequest.newBuilder(hub.url().resolve("/metrics")).build();
    return CLIENT
            .send(request, HttpResponse.BodyHandlers.ofString())
            .body()
            .lines()
            .filter(line -> line.startsWith(USED))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
            .sum()
        / (1 << 20);
  }
}
