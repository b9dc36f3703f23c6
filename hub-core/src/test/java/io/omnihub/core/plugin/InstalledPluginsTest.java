package io.omnihub.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omnihub.api.connector.BackendConnector;
import io.omnihub.api.connector.Connector;
import io.omnihub.core.plugin.InstalledPlugins.Listed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstalledPluginsTest {
  @TempDir Path dir;

  private Path folder;

  @BeforeEach
  void aGoodPlugin() throws IOException {
    folder = dir.resolve("plugins");
    new PluginBuilder(folder, "good").connector("Good", "good", "");
  }

  private PluginBuilder plugin(String id) throws IOException {
    return new PluginBuilder(folder, id);
  }

  @Test
  void aPluginIsLoadedAndListed() {
    try (InstalledPlugins plugins = InstalledPlugins.load(folder)) {
      assertThat(plugins.list())
          .containsExactly(new Listed("good", "1.2.3", "backend", "A sample.", ""));
      assertThat(plugins.backends()).containsExactly("good");
      assertThat(plugins.channels()).isEmpty();
      assertThat(plugins.backend("good")).isPresent();
      assertThat(plugins.channel("good")).as("it is no channel").isEmpty();
      assertThat(plugins.backend("other")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.omnihub.core.Hub",
        "io.omnihub.core.store.Store",
        "io.vertx.core.Vertx",
        "org.flywaydb.core.Flyway",
        "org.sqlite.SQLiteDataSource",
        "org.yaml.snakeyaml.Yaml",
        "org.jsoup.Jsoup",
        "ch.qos.logback.classic.Logger",
        "org.junit.jupiter.api.Test"
      })
  void R57_aPluginDoesNotSeeTheHub(String className) throws ClassNotFoundException {
    assertThat(Class.forName(className, false, getClass().getClassLoader())).isNotNull();
    try (InstalledPlugins plugins = InstalledPlugins.load(folder)) {
      ClassLoader loader = plugins.find("good").orElseThrow().classLoader();
      assertThatThrownBy(() -> loader.loadClass(className))
          .isInstanceOf(ClassNotFoundException.class);
      assertThat(loader.getResource(className.replace('.', '/') + ".class")).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.omnihub.api.connector.Connector",
        "org.apache.camel.CamelContext",
        "com.fasterxml.jackson.databind.JsonNode",
        "com.fasterxml.jackson.core.JsonParser",
        "org.slf4j.Logger",
        "org.pf4j.Extension",
        "java.sql.Connection",
        "org.apache.hc.core5.http.HttpEntity"
      })
  void aPluginSharesTheApiWithTheHub(String className) throws ClassNotFoundException {
    try (InstalledPlugins plugins = InstalledPlugins.load(folder)) {
      ClassLoader loader = plugins.find("good").orElseThrow().classLoader();
      assertThat(loader.loadClass(className)).isSameAs(Class.forName(className));
      assertThat(loader.getResource(className.replace('.', '/') + ".class")).isNotNull();
    }
  }

  @Test
  void pluginsDoNotSeeEachOther() throws IOException {
    plugin("second").connector("Second", "second", "");
    try (InstalledPlugins plugins = InstalledPlugins.load(folder)) {
      Connector first = plugins.find("good").orElseThrow().connector();
      Connector second = plugins.find("second").orElseThrow().connector();
      assertThat(first).isInstanceOf(BackendConnector.class);
      assertThat(first.getClass().getClassLoader()).isNotSameAs(second.getClass().getClassLoader());
      assertThatThrownBy(() -> first.getClass().getClassLoader().loadClass("sample.Second"))
          .isInstanceOf(ClassNotFoundException.class);
    }
  }

  @Test
  void R57_brokenPluginsAreListedWithTheirReasonAndHarmNoOther() throws IOException {
    Files.createDirectories(folder.resolve("a-garbage/x"));
    Files.writeString(folder.resolve("a-file.txt"), "not a plugin");
    plugin("b-throws")
        .connector(
            "Throws",
            "b-throws",
            "public Throws() { throw new IllegalStateException(\"of the test\"); }");
    plugin("c-static")
        .connector("Static", "c-static", "static final int X = Integer.parseInt(\"x\");");
    plugin("d-missing").extension("sample.NotThere");
    plugin("e-none").compile(Map.of("sample.Nothing", "package sample; public class Nothing {}"));
    plugin("f-name")
        .connector("Name", "f-name", "{ name(); } String x = null; int y = x.length();");
    plugin("g-properties")
        .without("plugin.properties")
        .file("plugin.properties", "plugin.version=1\n");
    plugin("z-good").connector("Last", "z-good", "");

    try (InstalledPlugins plugins = InstalledPlugins.load(folder)) {
      assertThat(plugins.backends()).containsExactlyInAnyOrder("good", "z-good");
      assertThat(plugins.list())
          .filteredOn(listed -> !listed.problem().isEmpty())
          .extracting(Listed::id)
          .containsExactlyInAnyOrder(
              "a-garbage", "b-throws", "c-static", "d-missing", "e-none", "f-name", "g-properties");
      assertThat(problem(plugins, "e-none")).contains("holds no connector");
    }
  }

  @Test
  void R57_aPluginThatLacksAClassIsLeftOut() throws IOException {
    plugin("lacks")
        .compile(
            Map.of(
                "sample.Lost", "package sample; public class Lost {}",
                "sample.Uses",
                    "package sample; public class Uses { public Lost lost = new Lost(); }"))
        .without("classes/sample/Lost.class")
        .extension("sample.Uses");
    try (InstalledPlugins plugins = InstalledPlugins.load(folder)) {
      assertThat(problem(plugins, "lacks")).isNotEmpty();
      assertThat(plugins.backends()).containsExactly("good");
    }
  }

  private static String problem(InstalledPlugins plugins, String id) {
    return plugins.list().stream()
        .filter(listed -> listed.id().equals(id))
        .findFirst()
        .orElseThrow()
        .problem();
  }

  @Test
  void aFolderThatIsNotThereHoldsNothing() {
    try (InstalledPlugins plugins = InstalledPlugins.load(dir.resolve("nowhere"))) {
      assertThat(plugins.list()).isEmpty();
    }
  }
}
