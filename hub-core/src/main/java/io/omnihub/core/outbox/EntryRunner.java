package io.omnihub.core.outbox;

/** Does what an entry intends. */
public interface EntryRunner {

  /**
   * Runs the entry to an end that the outbox knows of: removed, put back for later, or awaiting.
   * One of a lane runs at a time, on a thread that may block. An entry that is left as it was runs
   * again after a while.
   *
   * @param claimed whether the entry was written as begun for this very run; one that is in flight
   *     otherwise was begun by a run of which nothing is known
   * @return what the run tells of the target
   */
  Verdict run(OutboxEntry entry, boolean claimed);

  /**
   * Ends an entry that has waited for the whole patience of its target while the target failed. As
   * {@link #run}, but the target is not called. Only asked of those that answer {@link
   * Verdict#FAILED}.
   */
  default void giveUp(OutboxEntry entry) {
    throw new IllegalStateException("a " + entry.kind().word() + " is never given up");
  }
}
