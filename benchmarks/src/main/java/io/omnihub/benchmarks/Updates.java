package io.omnihub.benchmarks;

import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicLong;

/** Makes updates as Telegram posts them, each with an id of its own. Safe for all threads. */
final class Updates {
  private static final long FIRST_CHAT = 1_000_000_000L;

  private final AtomicLong last = new AtomicLong();
  private final long people;

  /**
   * @param people how many write by turns; 0 makes everybody who writes somebody new
   */
  Updates(long people) {
    this.people = people;
  }

  /**
   * @param number unique in this run
   */
  record Update(long number, Buffer body) {}

  Update next() {
    long number = last.incrementAndGet();
    return new Update(number, body(number, FIRST_CHAT + (people == 0 ? number : number % people)));
  }

  /** An update of somebody named by the number of his chat. */
  Update of(long chat) {
    long number = last.incrementAndGet();
    return new Update(number, body(number, chat));
  }

  private static Buffer body(long number, long chat) {
    return Buffer.buffer(
        "{\"update_id\":"
            + number
            + ",\"message\":{\"message_id\":"
            + number
            + ",\"date\":1767225600,\"text\":\""
            + Arrivals.words(number)
            + "\",\"chat\":{\"id\":"
            + chat
            + ",\"type\":\"private\"},\"from\":{\"id\":"
            + chat
            + ",\"is_bot\":false,\"first_name\":\"P\",\"language_code\":\"en\"}}}");
  }
}
