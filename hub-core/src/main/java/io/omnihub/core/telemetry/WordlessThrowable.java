package io.omnihub.core.telemetry;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.Arrays;

/**
 * A failure as the log shows it: which, and where. Its words stay out, because parsers, drivers and
 * providers quote in them what they failed on, which may be what a customer wrote.
 */
record WordlessThrowable(IThrowableProxy failure) implements IThrowableProxy {

  /** The failure without its words; null for null, as Logback has it. */
  static IThrowableProxy of(IThrowableProxy failure) {
    return failure == null ? null : new WordlessThrowable(failure);
  }

  @Override
  public String getMessage() {
    return "-";
  }

  @Override
  public String getOverridingMessage() {
    return null;
  }

  @Override
  public String getClassName() {
    return failure.getClassName();
  }

  @Override
  public StackTraceElementProxy[] getStackTraceElementProxyArray() {
    return failure.getStackTraceElementProxyArray();
  }

  @Override
  public int getCommonFrames() {
    return failure.getCommonFrames();
  }

  @Override
  public IThrowableProxy getCause() {
    return of(failure.getCause());
  }

  @Override
  public IThrowableProxy[] getSuppressed() {
    return Arrays.stream(failure.getSuppressed())
        .map(WordlessThrowable::of)
        .toArray(IThrowableProxy[]::new);
  }

  @Override
  public boolean isCyclic() {
    return failure.isCyclic();
  }
}
