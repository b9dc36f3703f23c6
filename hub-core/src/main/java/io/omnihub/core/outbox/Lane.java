package io.omnihub.core.outbox;

import io.omnihub.core.outbox.OutboxEntry.Kind;
import java.time.Instant;

/** What is known of a lane that has something in the table. Guarded by the dispatcher's lock. */
final class Lane {
  final Key key;

  /** A task of the lane runs, or waits for its gate. */
  boolean busy;

  /** Something came or changed since the task last looked. */
  boolean changed;

  /** The entry that the task runs or has found, 0 while it looks for one. */
  long current;

  /** When the head that waits is due, by the clock that never jumps; 0 when none waits. */
  long dueNanos;

  /** The head and its time for which that was reckoned. */
  OutboxEntry waitsFor;

  /** That entry is no longer in the table. */
  boolean ended;

  /** There may be entries behind the head. */
  boolean more;

  /** The head, while the lane waits for its gate. */
  OutboxEntry head;

  /** Something live is or was in the lane since it was last empty; it waits with the live ones. */
  boolean urgent;

  /** The head that has tried whether its target works again, and since when it had waited. */
  long tried;

  Instant waitedSince;

  final Alarm alarm = new Alarm();

  Lane(Key key) {
    this.key = key;
  }

  /** What distinguishes lanes. */
  record Key(Kind kind, String lane) {}
}
