package io.omnihub.testkit.telegram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.omnihub.testkit.simulator.Mischief;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Pushes updates to the webhook, one after the other, each until it is answered 2xx. Owns one
 * thread.
 */
final class WebhookDelivery implements AutoCloseable {
  private static final Duration FIRST_WAIT = Duration.ofMillis(50);
  private static final Duration LONGEST_WAIT = Duration.ofMillis(200);
  private static final Duration LATE = Duration.ofMillis(300);

  private final UpdateQueue queue;
  private final Mischief mischief;
  private final HttpTransport http = new HttpTransport();
  private final Thread thread;
  private volatile WebhookTransport transport = http;
  private volatile Target target = Target.NONE;
  private volatile String lastError = "";

  WebhookDelivery(UpdateQueue queue, Mischief mischief) {
    this.queue = queue;
    this.mischief = mischief;
    thread = Thread.ofVirtual().name("telegram-webhook").start(this::run);
  }

  /** Where updates go; an empty url is nowhere. */
  record Target(String url, String secret) {
    static final Target NONE = new Target("", "");

    boolean present() {
      return !url.isEmpty();
    }
  }

  void through(WebhookTransport other) {
    transport = other;
  }

  void to(Target newTarget) {
    target = newTarget;
    queue.pushing(newTarget.present());
  }

  Target target() {
    return target;
  }

  /** Why the last attempt failed, empty when it did not. */
  String lastError() {
    return lastError;
  }

  @Override
  public void close() {
    thread.interrupt();
    http.close();
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        deliver(queue.awaitPush());
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver(ObjectNode update) throws InterruptedException {
    Duration wait = FIRST_WAIT;
    while (target.present() && !attempt(update)) {
      Thread.sleep(wait);
      wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
    }
  }

  /** Whether the update is done with. */
  private boolean attempt(ObjectNode update) throws InterruptedException {
    return switch (mischief.draw()) {
      case NONE, HANG -> push(update);
      case CUT_BEFORE, THROTTLE, SERVER_ERROR -> false;
      case CUT_AFTER -> {
        post(update);
        yield false;
      }
      case DELAY -> {
        Thread.sleep(LATE);
        yield push(update);
      }
      case DUPLICATE -> {
        boolean taken = push(update);
        post(update);
        yield taken;
      }
      case REORDER -> {
        Optional<ObjectNode> next = queue.second();
        if (next.isPresent()) {
          push(next.get());
        }
        yield push(update);
      }
    };
  }

  private boolean push(ObjectNode update) throws InterruptedException {
    boolean taken = post(update);
    if (taken) {
      queue.remove(update);
    }
    return taken;
  }

  private boolean post(ObjectNode update) throws InterruptedException {
    Target to = target;
    if (!to.present()) {
      return false;
    }
    Map<String, String> headers = new HashMap<>(Map.of("Content-Type", "application/json"));
    if (!to.secret().isEmpty()) {
      headers.put("X-Telegram-Bot-Api-Secret-Token", to.secret());
    }
    try {
      byte[] body = update.toString().getBytes(StandardCharsets.UTF_8);
      int status = transport.post(URI.create(to.url()), headers, body);
      lastError = status / 100 == 2 ? "" : "Wrong response from the webhook: " + status;
    } catch (IOException e) {
      lastError = "Connection failed: " + e.getClass().getSimpleName();
    }
    return lastError.isEmpty();
  }
}
