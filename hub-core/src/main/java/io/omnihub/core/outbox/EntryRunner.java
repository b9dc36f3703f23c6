package io.omnihub.core.outbox;

/** Runs entries of one kind. */
public interface EntryRunner {

  /**
   * Runs the entry on a virtual thread; may block. When it returns the entry is removed, or has
   * another time, or another state; one that is unchanged is run again a while later.
   */
  void run(OutboxEntry entry);
}
