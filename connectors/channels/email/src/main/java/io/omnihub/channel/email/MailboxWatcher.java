package io.omnihub.channel.email;

import io.omnihub.api.connector.AccountState;
import io.omnihub.api.route.InboundBatch;
import io.omnihub.api.route.OverloadedException;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a folder for as long as it is let: catches up right after every connect and every wake, and
 * moves its cursor only when the hub has what a mail became. Runs on one thread; {@link #stop()}
 * may be called from any.
 */
final class MailboxWatcher implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(MailboxWatcher.class);
  private static final String STATE_KEY = "imap-cursor";
  private static final String FIRST_START_KEY = "imap-first-start";

  /** RFC 2177 wants it renewed within 29 minutes; this also finds dead connections. */
  private static final Duration IDLE_LIMIT = Duration.ofMinutes(5);

  private final String account;
  private final Connector connector;
  private final MailFetcher fetcher;
  private final Intake intake;
  private final Pace pace;
  private final AccountState state;
  private final Clock clock;
  private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));
  private final CountDownLatch stopped = new CountDownLatch(1);

  MailboxWatcher(
      Connector connector, MailFetcher fetcher, Intake intake, Pace pace, Context context) {
    this.connector = connector;
    this.fetcher = fetcher;
    this.intake = intake;
    this.pace = pace;
    this.account = context.account();
    this.state = context.state();
    this.clock = context.clock();
  }

  /** Makes connections to the folder. */
  interface Connector {
    Mailbox connect() throws MessagingException, IOException, Login.Refused;

    /** Ends what is connected, or about to be; may be called from any thread. */
    void cut();
  }

  /** Where the mails go. */
  interface Intake {

    /**
     * Returns when the hub has it.
     *
     * @throws OverloadedException when it cannot take it now
     */
    void accept(InboundBatch batch);
  }

  /** How often to look, and how far back at the first time. */
  record Pace(Duration poll, Duration backfill) {}

  /** Whose mailbox it is, where the cursor is kept, and the time. */
  record Context(String account, AccountState state, Clock clock) {}

  @Override
  public void run() {
    while (running()) {
      try {
        connectAndWatch();
      } catch (AuthenticationFailedException | Login.Refused e) {
        report("does not accept the log-in", e);
      } catch (MessagingException | IOException e) {
        report("is not reached", e);
      } catch (RuntimeException e) {
        // whatever went wrong with one mail must not end the reading of the others
        log.error("Reading the mailbox of {} failed", account, e);
      }
      pause(backoff.next());
    }
  }

  /** Ends the reading; the mail that is being handed in is finished first. */
  void stop() {
    stopped.countDown();
    connector.cut();
  }

  private void connectAndWatch() throws MessagingException, IOException, Login.Refused {
    Instant firstStart = firstStart();
    try (Mailbox mailbox = connector.connect()) {
      watch(mailbox, firstStart);
    }
  }

  private void watch(Mailbox mailbox, Instant firstStart) throws MessagingException {
    MailCursor cursor = place(mailbox, firstStart);
    boolean idle = mailbox.canIdle();
    log.info("Reading the mailbox of {} ({})", account, idle ? "IDLE" : "polling");
    while (running()) {
      cursor = catchUp(mailbox, cursor);
      if (running() && idle) {
        mailbox.idle(IDLE_LIMIT);
      } else {
        pause(pace.poll());
      }
    }
  }

  /** Where to go on in this folder, as it is now. */
  private MailCursor place(Mailbox mailbox, Instant firstStart) throws MessagingException {
    long validity = mailbox.validity();
    Optional<MailCursor> kept = state.get(STATE_KEY).flatMap(MailCursor::parse);
    if (kept.isPresent() && kept.get().validity() == validity) {
      return kept.get();
    }
    if (kept.isPresent()) {
      log.warn("The mail server has rebuilt the folder of {}, it is read again", account);
    }
    long nextUid = mailbox.nextUid();
    return keep(
        kept.map(cursor -> cursor.rebuilt(validity, nextUid, clock.instant()))
            .orElseGet(
                () -> MailCursor.first(validity, nextUid, firstStart.minus(pace.backfill()))));
  }

  /** What comes from then on is read, even when the server is reached only later. */
  private Instant firstStart() {
    Optional<String> kept = state.get(FIRST_START_KEY).filter(text -> text.matches("\\d{1,18}"));
    if (kept.isPresent()) {
      return Instant.ofEpochMilli(Long.parseLong(kept.get()));
    }
    Instant now = clock.instant();
    state.put(FIRST_START_KEY, String.valueOf(now.toEpochMilli()));
    return now;
  }

  private MailCursor catchUp(Mailbox mailbox, MailCursor from) throws MessagingException {
    MailCursor cursor = from;
    if (cursor.scanning()) {
      List<Long> old = mailbox.between(cursor.uid() + 1, cursor.scanEnd(), cursor.since());
      cursor = takeAll(mailbox, old, cursor);
      if (running()) {
        cursor = keep(cursor.upTo(cursor.scanEnd() - 1));
      }
    }
    if (running()) {
      cursor = takeAll(mailbox, mailbox.from(cursor.uid() + 1), cursor);
      backoff.reset();
    }
    return cursor;
  }

  private MailCursor takeAll(Mailbox mailbox, List<Long> uids, MailCursor from)
      throws MessagingException {
    MailCursor cursor = from;
    for (Mailbox.Found found : mailbox.describe(uids)) {
      if (!running()) {
        return cursor;
      }
      boolean tooOld =
          found.uid() < cursor.scanEnd()
              && found.received().getEpochSecond() < cursor.since().getEpochSecond();
      if (tooOld || take(mailbox, found, cursor.validity() + "/" + found.uid())) {
        cursor = keep(cursor.past(found.uid(), found.received()));
      }
    }
    return cursor;
  }

  /** Hands one mail to the hub; false when it was told to stop meanwhile. */
  private boolean take(Mailbox mailbox, Mailbox.Found found, String fallbackKey)
      throws MessagingException {
    boolean done = false;
    try {
      Optional<InboundBatch> batch = fetcher.fetch(mailbox, found, fallbackKey);
      boolean taken = batch.isEmpty() || batch.get().events().isEmpty() || handIn(batch.get());
      done = true;
      return taken;
    } catch (UncheckedIOException e) {
      // the hub's attachment store is away, for which the mail is not to blame
      done = true;
      throw e;
    } finally {
      if (!done && running()) {
        fetcher.failed(found.uid());
      }
    }
  }

  private boolean handIn(InboundBatch batch) {
    while (running()) {
      try {
        intake.accept(batch);
        return true;
      } catch (OverloadedException e) {
        log.debug("The hub takes no mail of {} now", account);
        pause(e.retryAfter());
      }
    }
    return false;
  }

  private MailCursor keep(MailCursor cursor) {
    state.put(STATE_KEY, cursor.written());
    return cursor;
  }

  private boolean running() {
    return stopped.getCount() > 0;
  }

  private void pause(Duration duration) {
    try {
      if (stopped.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
        log.debug("Reading the mailbox of {} ends", account);
      }
    } catch (InterruptedException e) {
      stopped.countDown();
    }
  }

  private void report(String what, Exception why) {
    if (running()) {
      log.warn("The mail server of {} {}: {}", account, what, why.toString());
    }
  }
}
