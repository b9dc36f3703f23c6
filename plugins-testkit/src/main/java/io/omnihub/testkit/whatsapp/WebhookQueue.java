package io.omnihub.testkit.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import io.omnihub.testkit.simulator.Mischief;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Webhooks on their way: each is posted when it is due, and again with growing pauses until it is
 * answered 2xx, for seven days. Nothing happens but within {@link #run}, so that time is the
 * clock's alone. Safe for all threads.
 */
final class WebhookQueue {
  private static final Duration GIVES_UP_AFTER = Duration.ofDays(7);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(12);

  private final Clock clock;
  private final String appSecret;
  private final Mischief mischief;
  private final List<Post> posts = new ArrayList<>();
  private Optional<WebhookTransport> transport = Optional.empty();
  private long number;

  WebhookQueue(Clock clock, String appSecret, Mischief mischief) {
    this.clock = clock;
    this.appSecret = appSecret;
    this.mischief = mischief;
  }

  /**
   * One webhook.
   *
   * @param number the order in which they were added
   */
  private record Post(long number, JsonNode payload, Instant due, Instant since, Duration pause) {
    Post again(Instant now) {
      Duration next = pause.multipliedBy(3);
      Duration bounded = next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
      return new Post(number, payload, now.plus(pause), since, bounded);
    }
  }

  synchronized void through(WebhookTransport newTransport) {
    transport = Optional.of(newTransport);
  }

  synchronized void add(JsonNode payload, Duration after) {
    Instant due = clock.instant().plus(after);
    posts.add(new Post(number++, payload, due, due, FIRST_PAUSE));
  }

  synchronized int size() {
    return posts.size();
  }

  /** Posts what is due, once each. */
  synchronized void run() throws InterruptedException {
    if (transport.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    List<Post> due = new ArrayList<>(posts.stream().filter(p -> !p.due().isAfter(now)).toList());
    due.sort(Comparator.comparing(Post::due).thenComparingLong(Post::number));
    while (!due.isEmpty()) {
      attempt(due, now);
    }
  }

  private void attempt(List<Post> due, Instant now) throws InterruptedException {
    Post post = due.removeFirst();
    switch (mischief.draw()) {
      case CUT_BEFORE, THROTTLE, SERVER_ERROR -> later(post, now);
      case CUT_AFTER, HANG -> {
        send(post);
        later(post, now);
      }
      case DUPLICATE -> {
        send(post);
        settle(post, now);
      }
      case REORDER -> {
        if (!due.isEmpty()) {
          settle(due.removeFirst(), now);
        }
        settle(post, now);
      }
      case NONE, DELAY -> settle(post, now);
    }
  }

  private void settle(Post post, Instant now) throws InterruptedException {
    if (send(post)) {
      posts.removeIf(waiting -> waiting.number() == post.number());
    } else {
      later(post, now);
    }
  }

  private void later(Post post, Instant now) {
    posts.removeIf(waiting -> waiting.number() == post.number());
    if (now.isBefore(post.since().plus(GIVES_UP_AFTER))) {
      posts.add(post.again(now));
    }
  }

  private boolean send(Post post) throws InterruptedException {
    byte[] body = MetaSeal.bytes(post.payload());
    Map<String, String> headers =
        Map.of(
            "Content-Type",
            "application/json",
            "X-Hub-Signature-256",
            MetaSeal.signature(appSecret, body));
    try {
      return transport.orElseThrow().post(headers, body) / 100 == 2;
    } catch (IOException noAnswer) {
      return false;
    }
  }
}
