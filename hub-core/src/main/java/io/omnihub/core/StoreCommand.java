package io.omnihub.core;

import io.omnihub.core.Launch.UsageException;
import io.omnihub.core.config.HubConfig;
import io.omnihub.core.media.MediaCopy;
import io.omnihub.core.plugin.InstalledPlugins;
import io.omnihub.core.store.Backup;
import io.omnihub.core.store.SiteCopy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Backs a hub's database up, and moves it to another one. */
@Command(
    name = "store",
    description = "Backs the database up, or copies it to another one.",
    mixinStandardHelpOptions = true)
final class StoreCommand implements Callable<Integer> {
  private static final String POSTGRESQL = "jdbc:postgresql:";
  private static final String SQLITE = "jdbc:sqlite:";

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    throw new UsageException(
        "say what to do: omnihub store backup FILE, or omnihub store copy --from URL --to URL");
  }

  @Command(
      name = "backup",
      description = "Copies the database into a file; the hub may run meanwhile.",
      mixinStandardHelpOptions = true)
  int backup(
      @Parameters(paramLabel = "FILE", description = "A file that does not exist yet.") Path file,
      @Option(names = "--media", description = "Copies the attachments too, into FILE.media.")
          boolean media,
      @Option(names = "--config", paramLabel = "FILE") Path config)
      throws IOException {
    HubConfig hub = configuration(config);
    refuseOther(hub.store().url(), file);
    Path folder = file.resolveSibling(file.getFileName() + ".media");
    if (media && Files.exists(folder)) {
      throw new UsageException(folder + " is there already, nothing is overwritten");
    }
    try {
      Backup.take(hub.store().url(), file);
      out().println("the database is in " + file);
      if (media) {
        out().println(MediaCopy.take(hub.media().path(), folder) + " attachments are in " + folder);
      }
      return 0;
    } catch (FileAlreadyExistsException e) {
      throw new UsageException(e.getMessage() + " is there already, nothing is overwritten");
    } catch (NoSuchFileException e) {
      throw new UsageException("there is no " + e.getMessage());
    }
  }

  private static HubConfig configuration(Path config) {
    try (InstalledPlugins plugins = Launch.plugins()) {
      return Launch.read(Launch.configFile(config), plugins).config();
    }
  }

  private static void refuseOther(String url, Path file) {
    if (url.startsWith(POSTGRESQL)) {
      // without what stands behind the question mark: that may be a password
      String address = "postgresql:" + url.substring(POSTGRESQL.length()).split("\\?", 2)[0];
      throw new UsageException(
          "PostgreSQL makes backups itself: pg_dump --format=custom --file="
              + file
              + " "
              + address);
    }
    if (!url.startsWith(SQLITE)) {
      throw new UsageException("store.url is not understood, see omnihub check");
    }
  }

  @Command(
      name = "copy",
      description =
          "Copies a stopped hub's database into an empty one; run again, it goes on where it was stopped.",
      mixinStandardHelpOptions = true)
  int copy(
      @Option(names = "--from", required = true, paramLabel = "URL") String from,
      @Option(names = "--to", required = true, paramLabel = "URL") String to) {
    boolean missing =
        from.startsWith(SQLITE) && !Files.isRegularFile(Path.of(from.substring(SQLITE.length())));
    if (missing) {
      throw new UsageException("there is no database at " + from);
    }
    if (from.equals(to)) {
      throw new UsageException("--from and --to are the same database");
    }
    try {
      long rows =
          SiteCopy.run(
              from,
              to,
              line -> {
                out().println(line);
                out().flush();
              });
      out().println("done: " + rows + " rows; set store.url to the new database");
      return 0;
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
