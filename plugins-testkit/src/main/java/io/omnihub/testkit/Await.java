package io.omnihub.testkit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Waits for a condition with a deadline, for what happens on other threads or in other processes.
 */
public final class Await {
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private Await() {}

  /**
   * Returns as soon as the condition holds.
   *
   * @param what completes the sentence "waited for …"
   * @throws AssertionError when it does not hold in time
   */
  public static void until(String what, Duration deadline, BooleanSupplier condition) {
    long end = System.nanoTime() + deadline.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited " + deadline.toMillis() + " ms in vain for " + what);
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
  }

  /** As above, with ten seconds. */
  public static void until(String what, BooleanSupplier condition) {
    until(what, Duration.ofSeconds(10), condition);
  }

  /** Returns the first value that is not null, within ten seconds. */
  public static <T> T value(String what, Supplier<T> source) {
    Object[] found = new Object[1];
    until(
        what,
        () -> {
          found[0] = source.get();
          return found[0] != null;
        });
    @SuppressWarnings("unchecked")
    T value = (T) found[0];
    return value;
  }
}
