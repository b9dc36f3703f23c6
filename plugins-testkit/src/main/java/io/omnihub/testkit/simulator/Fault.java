package io.omnihub.testkit.simulator;

/** What a provider may do instead of answering properly. */
public enum Fault {
  NONE,
  /** Closes the connection before it has done anything. */
  CUT_BEFORE,
  /** Does what it was asked, then closes the connection instead of answering. */
  CUT_AFTER,
  /** 429 with a wait of one second; does nothing. */
  THROTTLE,
  /** 500; does nothing. */
  SERVER_ERROR,
  /** Answers half a second late. */
  DELAY,
  /** Does what it was asked and never answers; the connection stays open. */
  HANG,
  /** When the simulator delivers something: delivers it twice. */
  DUPLICATE,
  /** When the simulator delivers something: lets the next one overtake it. */
  REORDER
}
