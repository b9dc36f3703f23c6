package io.omnihub.testkit.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omnihub.testkit.Await;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a simulated provider misbehaves. */
final class SimulatorServerTest {
  private final AtomicInteger done = new AtomicInteger();
  private final Mischief mischief = new Mischief(1);
  private final SimulatorServer server =
      new SimulatorServer(
          0,
          mischief,
          request -> {
            done.incrementAndGet();
            return SimulatedReply.empty(204);
          });

  @AfterEach
  void close() {
    server.close();
  }

  private int call(Duration timeout) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(server.url()).timeout(timeout).build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  @Test
  void oneThatHangsHasDoneWhatItWasAsked() throws Exception {
    mischief.next(Fault.HANG);
    assertThatThrownBy(() -> call(Duration.ofSeconds(2))).isInstanceOf(HttpTimeoutException.class);
    Await.until("the deed", () -> done.get() == 1);
    assertThat(call(Duration.ofSeconds(10))).isEqualTo(204);
  }

  @Test
  void oneThatIsAwayRefusesConnectionsAndComesBackAtTheSamePort() throws Exception {
    int port = server.port();
    server.away();
    assertThatThrownBy(() -> call(Duration.ofSeconds(10))).isInstanceOf(ConnectException.class);
    server.back();
    assertThat(call(Duration.ofSeconds(10))).isEqualTo(204);
    assertThat(server.port()).isEqualTo(port);
    assertThat(done).hasValue(1);
  }
}
