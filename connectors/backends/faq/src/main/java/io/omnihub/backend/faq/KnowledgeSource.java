package io.omnihub.backend.faq;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index of a knowledge file, read again when the file changes. Safe for all threads: one of
 * them reads, the others go on with the old index meanwhile.
 */
final class KnowledgeSource {
  private static final Logger LOG = LoggerFactory.getLogger(KnowledgeSource.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  private final Path file;
  private final Clock clock;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile CompletableFuture<KnowledgeIndex> index;
  private volatile Instant nextLook;
  private Stamp stamp;

  /**
   * Reads the file; the index is built meanwhile, so that a hub is ready sooner, and the first turn
   * waits for it.
   *
   * @throws IllegalArgumentException when it is missing or wrong
   */
  KnowledgeSource(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
    this.stamp = Stamp.of(file);
    Knowledge knowledge = KnowledgeReader.read(file);
    this.index = CompletableFuture.supplyAsync(() -> new KnowledgeIndex(knowledge));
    this.nextLook = clock.instant().plus(LOOK_EVERY);
  }

  /** What is known now. */
  KnowledgeIndex current() {
    if (!clock.instant().isBefore(nextLook) && reading.tryLock()) {
      try {
        nextLook = clock.instant().plus(LOOK_EVERY);
        readIfChanged();
      } finally {
        reading.unlock();
      }
    }
    return index.join();
  }

  private void readIfChanged() {
    Stamp now = Stamp.of(file);
    if (now.equals(stamp)) {
      return;
    }
    stamp = now;
    try {
      index = CompletableFuture.completedFuture(new KnowledgeIndex(KnowledgeReader.read(file)));
      LOG.info("Read the changed knowledge file {}", file);
    } catch (IllegalArgumentException e) {
      LOG.warn("The old knowledge stays in use: {}", e.getMessage());
    }
  }

  /** By what a change of the file is seen. */
  private record Stamp(FileTime modified, long size) {
    static Stamp of(Path file) {
      try {
        return new Stamp(Files.getLastModifiedTime(file), Files.size(file));
      } catch (IOException e) {
        return new Stamp(FileTime.fromMillis(0), -1);
      }
    }
  }
}
