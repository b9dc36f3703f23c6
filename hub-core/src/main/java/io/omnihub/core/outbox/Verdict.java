package io.omnihub.core.outbox;

/** What a run tells of the way to its target, whatever became of the entry. */
public enum Verdict {
  /** The target was reached and answered, be it a refusal. */
  WELL,
  /** The target could not be reached, or gave no sensible answer. */
  FAILED,
  /** Nothing was learnt: it was not called, or the hub itself failed. */
  NEITHER
}
