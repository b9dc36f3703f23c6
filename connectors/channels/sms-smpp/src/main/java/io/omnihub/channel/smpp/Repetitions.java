package io.omnihub.channel.smpp;

import io.omnihub.api.connector.AccountState;
import io.omnihub.channel.smpp.pdu.Pdu;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Tells a message that is delivered again from one that says the same. SMPP gives messages no id,
 * so what is delivered has to be recognised by all it holds, and by whether its sender had a reason
 * to deliver it again: no ok, a late one, or another connection. Remembers the last deliveries over
 * restarts. Belongs to one thread.
 */
final class Repetitions {
  private static final String KEY = "recent-deliveries";
  private static final int MOST = 256;

  /** After so long a message centre may have stopped waiting for the answer. */
  static final Duration LATE = Duration.ofSeconds(5);

  /** So long after a delivery the same on another connection counts as the same. */
  static final Duration OTHER_CONNECTION = Duration.ofMinutes(10);

  private final AccountState state;
  private final Deque<Seen> recent = new ArrayDeque<>();
  private boolean changed;

  Repetitions(AccountState state) {
    this.state = state;
    state.get(KEY).ifPresent(this::read);
  }

  private enum Answer {
    NONE_YET,
    PROMPT_OK,
    /** None, another one, or late: the sender may try again. */
    NOT_GOOD
  }

  /** A delivery, or the last of its repetitions. */
  private static final class Seen {
    private final String digest;
    private final long stamp;
    private long arrivedAt;
    private String link;
    private Answer answer = Answer.NONE_YET;

    Seen(String digest, long stamp, long arrivedAt, String link) {
      this.digest = digest;
      this.stamp = stamp;
      this.arrivedAt = arrivedAt;
      this.link = link;
    }

    boolean isMeantBy(Intake.Arrival arrival) {
      long age = arrival.at() - arrivedAt;
      if (!link.equals(arrival.link())) {
        return age < OTHER_CONNECTION.toMillis();
      }
      return switch (answer) {
        case NONE_YET -> age >= LATE.toMillis();
        case PROMPT_OK -> false;
        case NOT_GOOD -> true;
      };
    }

    @Override
    public String toString() {
      return digest + "/" + stamp;
    }
  }

  /** The same for a delivery and its repetitions, different for everything else that says this. */
  String stamp(Intake.Arrival arrival) {
    String digest = digest(arrival.pdu());
    Optional<Seen> before = newest(digest);
    changed = true;
    if (before.isPresent() && before.get().isMeantBy(arrival)) {
      Seen again = before.get();
      again.arrivedAt = arrival.at();
      again.link = arrival.link();
      again.answer = Answer.NONE_YET;
      return again.toString();
    }
    long stamp = Math.max(arrival.at(), before.map(seen -> seen.stamp + 1).orElse(0L));
    Seen seen = new Seen(digest, stamp, arrival.at(), arrival.link());
    recent.addLast(seen);
    if (recent.size() > MOST) {
      recent.removeFirst();
    }
    return seen.toString();
  }

  /** Returns when what was stamped is durable. */
  void keep() {
    if (!changed) {
      return;
    }
    StringBuilder lines = new StringBuilder();
    for (Seen seen : recent) {
      lines.append(seen.digest).append(' ').append(seen.stamp).append(' ');
      lines.append(seen.arrivedAt).append(' ').append(seen.link).append('\n');
    }
    state.put(KEY, lines.toString());
    changed = false;
  }

  /**
   * What was answered to a delivery.
   *
   * @param at when, in epoch milliseconds
   */
  void answered(Intake.Arrival arrival, boolean ok, long at) {
    String digest = digest(arrival.pdu());
    boolean prompt = at - arrival.at() < LATE.toMillis();
    recent.stream()
        .filter(seen -> seen.answer == Answer.NONE_YET && seen.digest.equals(digest))
        .forEach(seen -> seen.answer = ok && prompt ? Answer.PROMPT_OK : Answer.NOT_GOOD);
  }

  private Optional<Seen> newest(String digest) {
    return recent.stream().filter(seen -> seen.digest.equals(digest)).reduce((a, b) -> b);
  }

  private static String digest(Pdu pdu) {
    return Digests.of(pdu.command() + "/", pdu.body());
  }

  private void read(String lines) {
    for (String line : lines.split("\n")) {
      String[] fields = line.split(" ", -1);
      if (fields.length == 4 && fields[1].matches("\\d{1,18}") && fields[2].matches("\\d{1,18}")) {
        recent.addLast(
            new Seen(fields[0], Long.parseLong(fields[1]), Long.parseLong(fields[2]), fields[3]));
      }
    }
  }
}
