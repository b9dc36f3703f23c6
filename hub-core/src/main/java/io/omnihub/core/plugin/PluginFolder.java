package io.omnihub.core.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Adds and removes plugins as folders. */
public final class PluginFolder {
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  private PluginFolder() {}

  /**
   * Unpacks a plugin's zip file in place of an older one of the same id; either all of it is there
   * afterwards, or nothing has changed.
   *
   * @return the plugin's id
   * @throws IOException saying what is wrong with the file
   */
  public static String install(Path folder, Path zip) throws IOException {
    if (!Files.isRegularFile(zip)) {
      throw new IOException("there is no file " + zip);
    }
    Files.createDirectories(folder);
    Path unpacked = Files.createTempDirectory(folder, ".incoming");
    try {
      unpack(zip, unpacked);
      String id = idOf(unpacked, zip);
      Path place = folder.resolve(id);
      delete(place);
      Files.move(unpacked, place, StandardCopyOption.ATOMIC_MOVE);
      return id;
    } finally {
      delete(unpacked);
    }
  }

  private static void unpack(Path zip, Path target) throws IOException {
    try (FileSystem archive = FileSystems.newFileSystem(zip, (ClassLoader) null);
        Stream<Path> entries = Files.walk(archive.getPath("/"))) {
      for (Path entry : entries.toList()) {
        Path place = target.resolve(entry.toString().substring(1)).normalize();
        if (!place.startsWith(target)) {
          throw new IOException("the file " + zip + " holds a path that leads outside of it");
        }
        if (Files.isDirectory(entry)) {
          Files.createDirectories(place);
        } else {
          Files.copy(entry, place);
        }
      }
    } catch (java.util.zip.ZipError | java.nio.file.ProviderNotFoundException e) {
      throw new IOException(zip + " is not a zip file", e);
    }
  }

  private static String idOf(Path unpacked, Path zip) throws IOException {
    Path descriptor = unpacked.resolve("plugin.properties");
    if (!Files.exists(descriptor)) {
      throw new IOException(zip + " is not a plugin: it holds no plugin.properties");
    }
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(descriptor)) {
      properties.load(in);
    }
    String id = properties.getProperty("plugin.id", "");
    if (!ID.matcher(id).matches()) {
      throw new IOException(
          zip + " is not a plugin: plugin.id must be lower-case letters, digits and dashes");
    }
    return id;
  }

  /** Removes a plugin; false when there is none of this id. */
  public static boolean remove(Path folder, String id) throws IOException {
    Path place = folder.resolve(id);
    if (!ID.matcher(id).matches() || !Files.isDirectory(place)) {
      return false;
    }
    delete(place);
    return true;
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(tree)) {
      List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    }
  }
}
