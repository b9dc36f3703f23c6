package io.omnihub.dist.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.omnihub.dist.HubProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A disk that can be made full, and free again. */
interface SmallDisk extends AutoCloseable {

  /** Where the hub's data go. */
  Path data();

  /** From now on nothing more can be written. */
  void fill(HubProcess hub);

  /** There is room again. */
  void free(HubProcess hub);

  @Override
  void close();

  /** A file system of its own, or a skipped test where none can be mounted. */
  static SmallDisk mounted(Path folder) {
    Path point = folder(folder.resolve("disk"));
    List<String> mount = List.of("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs");
    assumeTrue(run(mount, point.toString()) == 0, "no small file system can be mounted here");
    return new SmallDisk() {
      @Override
      public Path data() {
        return point;
      }

      @Override
      public void fill(HubProcess hub) {
        // The first write that fails may leave room for a shorter one.
        for (int block = 1 << 16; block > 0; block /= 16) {
          append(point.resolve("filler"), new byte[block]);
        }
      }

      @Override
      public void free(HubProcess hub) {
        delete(point.resolve("filler"));
      }

      @Override
      public void close() {
        int unused = run(List.of("umount", "-l"), point.toString());
      }
    };
  }

  /** A limit on the size of the hub's files: what is beyond it cannot be written. */
  static SmallDisk limited(Path folder) {
    Path point = folder(folder.resolve("limited"));
    return new SmallDisk() {
      @Override
      public Path data() {
        return point;
      }

      @Override
      public void fill(HubProcess hub) {
        limit(hub, "4096:unlimited");
      }

      @Override
      public void free(HubProcess hub) {
        limit(hub, "unlimited:unlimited");
      }

      @Override
      public void close() {}
    };
  }

  private static void limit(HubProcess hub, String bytes) {
    int code = run(List.of("prlimit", "--fsize=" + bytes, "--pid"), Long.toString(hub.pid()));
    assumeTrue(code == 0, "prlimit is not there or may set no limits");
  }

  private static void append(Path file, byte[] block) {
    try (OutputStream out =
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assumeTrue(Files.exists(file), "the disk was full before");
    }
  }

  private static Path folder(Path path) {
    try {
      return Files.createDirectories(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The exit code, -1 when there is no such command. */
  private static int run(List<String> command, String last) {
    List<String> whole = new ArrayList<>(command);
    whole.add(last);
    try {
      Process process =
          new ProcessBuilder(whole)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } catch (IOException noSuchCommand) {
      return -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
