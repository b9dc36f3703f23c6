package io.omnihub.benchmarks;

import java.time.Duration;

/**
 * What a program did while it was watched.
 *
 * @param answers that reached the provider
 * @param refused updates that it did not take
 * @param processor user and system time of its process
 * @param database the same of the database's processes, where it has some
 */
record Window(Duration length, long answers, long refused, Duration processor, Duration database) {

  double perSecond() {
    return answers / (length.toNanos() / 1e9);
  }

  /** Processor time of the program's process for one message. */
  double microsPerMessage() {
    return processor.toNanos() / 1e3 / answers;
  }

  double databaseMicrosPerMessage() {
    return database.toNanos() / 1e3 / answers;
  }
}
