package io.omnihub.benchmarks;

import io.omnihub.benchmarks.Updates.Update;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * A fixed number of connections, each of which posts its next update when the answer to its last
 * one has reached the provider: the loop is closed over the whole way. Started and stopped once.
 */
final class ClosedLoop {
  private static final long PAUSE_AFTER_REFUSAL = 50;
  private static final int LONGEST_WAY = 30;

  private final Vertx vertx;
  private final HttpClientAgent client;
  private final Arrivals arrivals;
  private final Supplier<Update> updates;
  private final RequestOptions request;
  private final LongAdder answers = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final List<Slot> slots = new ArrayList<>();
  private final CountDownLatch ended;
  private volatile boolean stopping;

  ClosedLoop(Load load, Program program, int connections, Supplier<Update> updates) {
    vertx = load.vertx();
    arrivals = load.arrivals();
    this.updates = updates;
    request = post(program);
    client = vertx.createHttpClient();
    ended = new CountDownLatch(connections);
    HttpConnectOptions peer =
        new HttpConnectOptions()
            .setHost(program.url().getHost())
            .setPort(program.url().getPort())
            .setSsl(false);
    List<Future<HttpClientConnection>> opening = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      opening.add(client.connect(peer));
    }
    opening.forEach(connection -> slots.add(new Slot(connection.await())));
  }

  /** The call that an update is posted with. */
  static RequestOptions post(Program program) {
    return new RequestOptions()
        .setHost(program.url().getHost())
        .setPort(program.url().getPort())
        .setURI("/hooks/tg")
        .setMethod(HttpMethod.POST)
        .putHeader("Content-Type", "application/json")
        .putHeader("X-Telegram-Bot-Api-Secret-Token", "bench");
  }

  void start() {
    // on an event loop, so that no answer comes before somebody listens
    vertx.runOnContext(now -> slots.forEach(Slot::post));
  }

  /** Answers that have reached the provider so far. */
  long answers() {
    return answers.sum();
  }

  /** Updates that were answered with something else than 200 so far. */
  long refused() {
    return refused.sum();
  }

  /**
   * Posts nothing more, waits for what is under way and closes.
   *
   * @return updates that were taken and not answered within 30 s
   */
  long stop() throws InterruptedException {
    stopping = true;
    boolean all = ended.await(LONGEST_WAY, TimeUnit.SECONDS);
    client.close().await();
    return all ? 0 : ended.getCount();
  }

  /** One connection with the update that is under way on it. */
  private final class Slot {
    private final HttpClientConnection connection;

    /** Open ends of the update: the program's 200, and the answer at the provider. */
    private final AtomicInteger open = new AtomicInteger();

    Slot(HttpClientConnection connection) {
      this.connection = connection;
    }

    void post() {
      if (stopping) {
        ended.countDown();
        return;
      }
      Update update = updates.get();
      open.set(2);
      arrivals.expect(
          update.number(),
          at -> {
            answers.increment();
            ended();
          });
      connection
          .request(request)
          .compose(call -> call.send(update.body()))
          .compose(ClosedLoop::status)
          .onComplete(
              status -> {
                if (status.succeeded() && status.result() == 200) {
                  ended();
                } else {
                  again(update);
                }
              });
    }

    private void ended() {
      if (open.decrementAndGet() == 0) {
        post();
      }
    }

    private void again(Update update) {
      refused.increment();
      arrivals.forget(update.number());
      vertx.setTimer(PAUSE_AFTER_REFUSAL, timer -> post());
    }
  }

  private static Future<Integer> status(HttpClientResponse response) {
    return response.end().map(end -> response.statusCode());
  }
}
