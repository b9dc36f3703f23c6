package io.omnihub.channel.email;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a folder has been read. UIDs grow with every mail and stay, as long as the folder's
 * UIDVALIDITY is the same (RFC 9051, section 2.3.1.1).
 *
 * @param uid the last one that was taken
 * @param scanEnd below it mails are only taken when they are not older than {@code since}: they lay
 *     there before the account began, or before the server rebuilt the folder
 * @param newest when the newest mail taken so far came
 */
record MailCursor(long validity, long uid, long scanEnd, Instant since, Instant newest) {

  /** A rebuilt folder is read again this far back; the hub still knows what it had of that. */
  private static final Duration SAFE_OVERLAP = EmailPlugin.MAX_REDELIVERY_AGE.minusDays(1);

  /**
   * Where an account begins that has read nothing yet.
   *
   * @param since when the account was started for the first time, or earlier: the server may have
   *     been out of reach then
   */
  static MailCursor first(long validity, long nextUid, Instant since) {
    return new MailCursor(validity, 0, nextUid, since, since);
  }

  MailCursor past(long takenUid, Instant received) {
    return new MailCursor(
        validity, takenUid, scanEnd, since, received.isAfter(newest) ? received : newest);
  }

  /** Nothing more below this UID. */
  MailCursor upTo(long doneUid) {
    return new MailCursor(validity, Math.max(uid, doneUid), scanEnd, since, newest);
  }

  /**
   * The server has rebuilt the folder: read it from its start, but nothing that came before the
   * account began, and nothing so old that the hub may have forgotten that it had it.
   */
  MailCursor rebuilt(long newValidity, long nextUid, Instant now) {
    Instant overlap = now.minus(SAFE_OVERLAP);
    Instant from = newest.isBefore(overlap) ? newest : overlap;
    return new MailCursor(newValidity, 0, nextUid, from.isAfter(since) ? from : since, newest);
  }

  boolean scanning() {
    return uid + 1 < scanEnd;
  }

  String written() {
    return validity
        + " "
        + uid
        + " "
        + scanEnd
        + " "
        + since.toEpochMilli()
        + " "
        + newest.toEpochMilli();
  }

  /** Reads what {@link #written()} wrote; empty when it is something else. */
  static Optional<MailCursor> parse(String written) {
    String[] fields = written.split(" ", -1);
    if (fields.length != 5 || !written.matches("[0-9 -]+")) {
      return Optional.empty();
    }
    return Optional.of(
        new MailCursor(
            Long.parseLong(fields[0]),
            Long.parseLong(fields[1]),
            Long.parseLong(fields[2]),
            Instant.ofEpochMilli(Long.parseLong(fields[3])),
            Instant.ofEpochMilli(Long.parseLong(fields[4]))));
  }
}
