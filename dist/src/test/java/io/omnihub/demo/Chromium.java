package io.omnihub.demo;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The browser that is installed; nothing is downloaded. */
final class Chromium implements AutoCloseable {
  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--no-first-run");

  private final Playwright playwright;
  private final Browser browser;

  /**
   * Skips the test where there is none, or where {@code -Domnihub.skip-browser} says not to look;
   * fails on a build server.
   */
  Chromium() {
    assumeFalse(
        System.getProperty("omnihub.skip-browser") != null, "-Domnihub.skip-browser is set");
    Path executable = find();
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions().setExecutablePath(executable).setArgs(ARGUMENTS));
  }

  Browser browser() {
    return browser;
  }

  @Override
  public void close() {
    playwright.close();
  }

  private static Path find() {
    String named = System.getenv("CHROMIUM");
    if (named != null && !named.isBlank()) {
      return Path.of(named);
    }
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, "chromium"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(Chromium::missing);
  }

  /** A person's machine may lack a browser; the build server's must not. */
  private static Path missing() {
    String remedy =
        "there is no Chromium: install it (apt-get install chromium) or name it in the environment variable CHROMIUM";
    if (System.getenv("CI") != null) {
      throw new IllegalStateException(remedy);
    }
    return Assumptions.abort("the browser tests are skipped, " + remedy);
  }
}
