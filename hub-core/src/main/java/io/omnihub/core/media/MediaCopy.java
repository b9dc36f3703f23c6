package io.omnihub.core.media;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Copies the attachments while a hub runs. A file is named by its content and never changes, and it
 * is there before the database refers to it: whoever copies the database first misses none.
 */
public final class MediaCopy {
  private MediaCopy() {}

  /**
   * Copies a folder of attachments.
   *
   * @return how many there are; 0 when the hub has no such folder yet
   * @throws FileAlreadyExistsException rather than write into something that is there
   */
  public static int take(Path media, Path target) throws IOException {
    if (Files.exists(target)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    Files.createDirectories(target);
    if (!Files.isDirectory(media)) {
      return 0;
    }
    int copied = 0;
    for (Path file : files(media)) {
      Path copy = target.resolve(media.relativize(file));
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy);
      copied++;
    }
    return copied;
  }

  /** Whole ones only: what is still coming in lies in the folder itself. */
  private static List<Path> files(Path media) throws IOException {
    try (Stream<Path> files = Files.walk(media)) {
      return files
          .filter(file -> !file.getFileName().toString().endsWith(".part"))
          .filter(Files::isRegularFile)
          .toList();
    } catch (java.io.UncheckedIOException e) {
      if (e.getCause() instanceof NoSuchFileException) {
        return files(media);
      }
      throw e.getCause();
    }
  }
}
