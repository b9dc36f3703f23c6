package io.omnihub.testkit.partner;

import io.omnihub.testkit.simulator.Fault;
import io.omnihub.testkit.simulator.Mischief;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Posts signed bodies to the hub until they are taken, through whatever mischief says. */
final class EventPoster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration ONE_CALL = Duration.ofSeconds(30);
  private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long OVERTAKING = TimeUnit.MILLISECONDS.toNanos(200);

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .executor(executor)
          .build();
  private final AtomicLong delivered = new AtomicLong();
  private final WebhookSeal seal;
  private final Mischief mischief;

  EventPoster(WebhookSeal seal, Mischief mischief) {
    this.seal = seal;
    this.mischief = mischief;
  }

  /**
   * Returns the first answer that will not change: 2xx, or 4xx other than 429.
   *
   * @throws IllegalStateException when there is none within two minutes
   */
  HubAnswer post(URI address, String id, byte[] body) {
    Fault fault = mischief.draw();
    prepare(fault);
    HubAnswer answer = insist(address, id, body, 1);
    delivered.incrementAndGet();
    return switch (fault) {
      case DUPLICATE, CUT_AFTER -> insist(address, id, body, answer.attempts() + 1);
      case NONE, CUT_BEFORE, THROTTLE, SERVER_ERROR, DELAY, HANG, REORDER -> answer;
    };
  }

  private void prepare(Fault fault) {
    switch (fault) {
      case DELAY -> LockSupport.parkNanos(OVERTAKING);
      case REORDER -> awaitOvertaking();
      case NONE, CUT_BEFORE, CUT_AFTER, THROTTLE, SERVER_ERROR, HANG, DUPLICATE -> {}
    }
  }

  /** Lets the next one by, if there is one within a moment. */
  private void awaitOvertaking() {
    long before = delivered.get();
    long end = System.nanoTime() + OVERTAKING;
    while (delivered.get() == before && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  private HubAnswer insist(URI address, String id, byte[] body, int firstAttempt) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    long pause = FIRST_PAUSE;
    String last = "nothing";
    for (int attempt = firstAttempt; System.nanoTime() < end; attempt++) {
      HttpResponse<String> response = attempt(address, id, body);
      if (response != null && isFinal(response.statusCode())) {
        return new HubAnswer(response.statusCode(), response.body(), attempt);
      }
      last = response == null ? "nothing" : Integer.toString(response.statusCode());
      LockSupport.parkNanos(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    }
    throw new IllegalStateException(
        "the hub at " + address + " did not take an event in time, its last answer was " + last);
  }

  private static boolean isFinal(int status) {
    return status < 500 && status != 429;
  }

  /** Null when the hub did not answer. */
  private HttpResponse<String> attempt(URI address, String id, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(ONE_CALL)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    seal.headers(id, Instant.now(), body).forEach(request::header);
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while posting to the hub", e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    executor.shutdownNow();
  }
}
