package io.omnihub.core.telemetry;

import java.util.function.Supplier;
import org.slf4j.MDC;

/** What the lines of the log are about, by the hub's own ids. */
public final class LogLines {
  /** The field with the conversation's id. */
  public static final String CONVERSATION = "conversation";

  /** The field with the message's id. */
  public static final String MESSAGE = "message";

  private LogLines() {}

  /** Does work whose lines in the log, a plugin's too, carry conversation and message. */
  public static <T> T about(String conversation, String message, Supplier<T> work) {
    MDC.put(CONVERSATION, conversation);
    MDC.put(MESSAGE, message);
    try {
      return work.get();
    } finally {
      MDC.remove(CONVERSATION);
      MDC.remove(MESSAGE);
    }
  }
}
