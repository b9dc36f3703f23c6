package io.omnihub.benchmarks;

import io.omnihub.benchmarks.Updates.Update;
import io.vertx.core.Context;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Updates at a fixed rate, whether the last one is answered or not. A refused one is posted again
 * until it is taken, as a provider does; its time runs on.
 */
final class OpenLoop {
  private static final int CONNECTIONS = 256;
  private static final long PAUSE_AFTER_REFUSAL = 50;
  private static final int LONGEST_WAY = 60;

  private final Load load;
  private final RequestOptions request;
  private final HttpClient client;

  /** All calls are made on one event loop, which then hears of their answers in order. */
  private final Context context;

  private final LongAdder refused = new LongAdder();

  OpenLoop(Load load, Program program) {
    this.load = load;
    request = ClosedLoop.post(program);
    context = load.vertx().getOrCreateContext();
    client = load.vertx().createHttpClient(new PoolOptions().setHttp1MaxSize(CONNECTIONS));
  }

  /**
   * Posts and waits for all answers.
   *
   * @param rate updates a second
   * @return milliseconds from when each update was due to its answer at the provider
   * @throws IllegalStateException when an answer does not come
   */
  double[] run(int rate, int seconds) throws InterruptedException {
    int total = rate * seconds;
    double[] millis = new double[total];
    CountDownLatch open = new CountDownLatch(total);
    long begin = System.nanoTime();
    for (int i = 0; i < total; i++) {
      int index = i;
      long due = begin + i * TimeUnit.SECONDS.toNanos(1) / rate;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      Update update = load.updates().next();
      load.arrivals()
          .expect(
              update.number(),
              at -> {
                millis[index] = (at - due) / 1e6;
                open.countDown();
              });
      context.runOnContext(now -> post(update));
    }
    if (!open.await(LONGEST_WAY, TimeUnit.SECONDS)) {
      throw new IllegalStateException(open.getCount() + " updates were never answered");
    }
    return millis;
  }

  private void post(Update update) {
    client
        .request(request)
        .compose(call -> call.send(update.body()))
        .compose(response -> response.end().map(end -> response.statusCode()))
        .onComplete(
            status -> {
              if (status.failed() || status.result() != 200) {
                System.err.println(
                    "not taken: " + (status.failed() ? status.cause() : "HTTP " + status.result()));
                refused.increment();
                load.vertx().setTimer(PAUSE_AFTER_REFUSAL, timer -> post(update));
              }
            });
  }

  long refused() {
    return refused.sum();
  }

  void close() {
    client.close().await();
  }
}
