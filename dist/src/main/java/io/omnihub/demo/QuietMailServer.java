package io.omnihub.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/**
 * The simulated mail server takes a connection that ends, as they do here on purpose, for a fault
 * of its own and prints stack traces; nobody at the demo has to read them.
 */
final class QuietMailServer {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(QuietMailServer.class);

  private QuietMailServer() {}

  /** From now on it says nothing; other threads that fail are still told. */
  static void arrange() {
    ((Logger) LoggerFactory.getLogger("com.icegreen.greenmail")).setLevel(Level.OFF);
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          if (!thread.getName().matches("(imap|smtp)s?:.*")) {
            LOG.error("the thread {} failed", thread.getName(), failure);
          }
        });
  }
}
