package io.omnihub.channel.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.api.connector.AccountState;
import io.omnihub.api.json.HubJson;
import io.omnihub.api.route.OverloadedException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Long polling. Owns one thread, which hands each answer to the route and moves the offset in the
 * account's state only when the route has completed: whatever goes wrong, the next poll asks for
 * the same updates again. Not by camel-http, which cannot give up a request that waits.
 */
final class UpdatesPoller extends DefaultConsumer {
  private static final Logger LOG = LoggerFactory.getLogger(UpdatesPoller.class);
  private static final String OFFSET = "offset";
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Source source;
  private Run run;

  private UpdatesPoller(From endpoint, Processor processor, Source source) {
    super(endpoint, processor);
    this.source = source;
  }

  /**
   * What it polls.
   *
   * @param setup true when the bot is ready to be polled; asked again until it is
   */
  record Source(
      TelegramConfig config, AccountState state, Backoff backoff, BooleanSupplier setup) {}

  /** How long to wait after failures in a row: doubled each time, up to a longest wait. */
  record Backoff(Duration first, Duration longest) {

    /**
     * The wait after a number of failures.
     *
     * @param failures 1 or more
     */
    Duration after(int failures) {
      Duration wait = first.multipliedBy(1L << Math.clamp(failures - 1L, 0, 16));
      return wait.compareTo(longest) > 0 ? longest : wait;
    }
  }

  /** Where a route gets polled updates from: the body is the answer to one {@code getUpdates}. */
  static final class From extends DefaultEndpoint {
    private final String account;
    private final Source source;

    From(CamelContext camel, String account, Source source) {
      setCamelContext(camel);
      this.account = account;
      this.source = source;
    }

    @Override
    protected String createEndpointUri() {
      return "telegram-updates:" + account;
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      return new UpdatesPoller(this, processor, source);
    }

    @Override
    public Producer createProducer() {
      throw new UnsupportedOperationException("updates are read, not written");
    }

    @Override
    public boolean isSingleton() {
      return true;
    }
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    run = new Run();
    run.start();
  }

  @Override
  protected void doStop() throws Exception {
    if (run != null) {
      run.end();
      run = null;
    }
    super.doStop();
  }

  /** One life of the consumer, from start to stop. */
  private final class Run implements Runnable {
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(GRACE).build();
    private volatile CompletableFuture<?> request = CompletableFuture.completedFuture(null);
    private final Thread thread = Thread.ofVirtual().name("telegram-poll").unstarted(this);
    private int failures;
    private boolean ready;

    @Override
    public void run() {
      while (stopped.getCount() > 0) {
        Duration wait = poll();
        failures = wait.isZero() ? 0 : failures + 1;
        if (!wait.isZero() && !pause(wait)) {
          return;
        }
      }
    }

    private void start() {
      thread.start();
    }

    private void end() throws InterruptedException {
      stopped.countDown();
      request.cancel(true);
      client.shutdownNow();
      thread.join(GRACE);
    }

    /** Polls once; how long to wait before the next time. */
    private Duration poll() {
      ready = ready || source.setup().getAsBoolean();
      if (!ready) {
        return backoff();
      }
      try {
        HttpResponse<byte[]> response = ask();
        return response.statusCode() == 200 ? hand(response.body()) : declined(response);
      } catch (ExecutionException e) {
        return failed(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return backoff();
      } catch (RuntimeException e) {
        return failed(e);
      }
    }

    private HttpResponse<byte[]> ask() throws ExecutionException, InterruptedException {
      long seconds = source.config().pollTimeout().toSeconds();
      ObjectNode params = HubJson.mapper().createObjectNode();
      params.put("timeout", seconds).put("limit", 100);
      source.state().get(OFFSET).ifPresent(offset -> params.put(OFFSET, Long.parseLong(offset)));
      params.set("allowed_updates", BotSetup.allowedUpdates());
      HttpRequest poll =
          HttpRequest.newBuilder(source.config().methodUrl("getUpdates"))
              .timeout(source.config().pollTimeout().plus(GRACE))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(params.toString()))
              .build();
      CompletableFuture<HttpResponse<byte[]>> answer =
          client.sendAsync(poll, HttpResponse.BodyHandlers.ofByteArray());
      request = answer;
      if (stopped.getCount() == 0) {
        answer.cancel(true);
      }
      return answer.get();
    }

    private Duration hand(byte[] body) {
      BotAnswer answer = BotAnswer.read(200, body);
      if (!(answer instanceof BotAnswer.Done done)) {
        LOG.warn("the answer to getUpdates cannot be read");
        return backoff();
      }
      if (done.result().isEmpty()) {
        return Duration.ZERO;
      }
      route(body);
      long last = 0;
      for (JsonNode update : done.result()) {
        last = Math.max(last, update.path("update_id").asLong());
      }
      source.state().put(OFFSET, Long.toString(last + 1));
      return Duration.ZERO;
    }

    private void route(byte[] body) {
      Exchange exchange = createExchange(false);
      try {
        exchange.getMessage().setBody(body);
        getProcessor().process(exchange);
        if (exchange.getException() != null) {
          throw exchange.getException();
        }
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException("the route failed", e);
      } finally {
        releaseExchange(exchange, false);
      }
    }

    private Duration declined(HttpResponse<byte[]> response) {
      BotAnswer answer = BotAnswer.read(response.statusCode(), response.body());
      if (answer instanceof BotAnswer.Declined declined) {
        LOG.warn(
            declined.status() == 409
                ? "somebody else polls this bot, or it has a webhook ({})"
                : "Telegram does not answer the poll ({})",
            TelegramErrors.detail(declined));
        long seconds = declined.parameters().path("retry_after").asLong();
        return seconds > 0 ? Duration.ofSeconds(seconds) : backoff();
      }
      return backoff();
    }

    private Duration failed(Throwable failure) {
      if (stopped.getCount() > 0) {
        String what = failure.getClass().getSimpleName();
        if (failure instanceof OverloadedException) {
          LOG.info("the hub cannot take more now, its updates are asked for again later");
        } else {
          LOG.warn("polling failed ({}), it goes on later", what);
        }
      }
      return backoff();
    }

    private Duration backoff() {
      return source.backoff().after(failures + 1);
    }

    /** False when it is to end. */
    private boolean pause(Duration wait) {
      try {
        return !stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }
}
