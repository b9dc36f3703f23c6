package io.omnihub.core.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Copies an SQLite database into one file while a hub writes to it. The copy is what was committed
 * at one moment; the hub is not held up, its write-ahead log merely grows meanwhile.
 */
public final class Backup {
  private static final String SQLITE = "jdbc:sqlite:";

  private Backup() {}

  /**
   * Makes a copy; the file appears under its name only when it is whole and on the disk.
   *
   * @param url a JDBC address of SQLite
   * @throws FileAlreadyExistsException rather than overwrite a file
   * @throws StoreUnavailableException when the database cannot be read or there is no room
   */
  public static void take(String url, Path file) throws IOException {
    Path database = Path.of(url.substring(SQLITE.length()));
    if (!Files.isRegularFile(database)) {
      throw new NoSuchFileException(database.toString());
    }
    Path target = file.toAbsolutePath();
    if (Files.exists(target)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    // for the owner only, like every file that createTempFile makes: it holds what customers wrote
    Path part = Files.createTempFile(target.getParent(), target.getFileName().toString(), ".part");
    try {
      vacuum(url, part);
      sync(part);
      Files.move(part, target);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void vacuum(String url, Path part) {
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
      vacuum.setString(1, part.toString());
      vacuum.execute();
    } catch (SQLException e) {
      throw new StoreUnavailableException("the database cannot be copied: " + e.getMessage(), e);
    }
  }

  /** SQLite leaves this to the caller of VACUUM INTO. */
  private static void sync(Path part) throws IOException {
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
