package io.omnihub.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PluginFolderTest {
  private static final String DESCRIPTOR = "plugin.id=parrot\nplugin.version=1\n";

  @TempDir Path dir;

  private Path install(Map<String, String> entries) throws IOException {
    Path plugins = dir.resolve("plugins");
    String id =
        PluginFolder.install(plugins, PluginBuilder.zip(dir.resolve("plugin.zip"), entries));
    return plugins.resolve(id);
  }

  private List<String> installed() throws IOException {
    if (!Files.exists(dir.resolve("plugins"))) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(dir.resolve("plugins"))) {
      return all.filter(Files::isRegularFile)
          .map(path -> dir.resolve("plugins").relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void aZipFileBecomesAFolder() throws IOException {
    Path place =
        install(
            Map.of(
                "plugin.properties", DESCRIPTOR, "lib/a.jar", "jar", "classes/b/C.class", "class"));
    assertThat(place).isEqualTo(dir.resolve("plugins/parrot"));
    assertThat(installed())
        .containsExactly(
            "parrot/classes/b/C.class", "parrot/lib/a.jar", "parrot/plugin.properties");
    assertThat(place.resolve("lib/a.jar")).hasContent("jar");
  }

  @Test
  void aNewerOneTakesThePlaceOfTheOlder() throws IOException {
    install(Map.of("plugin.properties", DESCRIPTOR, "lib/old.jar", "old"));
    install(Map.of("plugin.properties", DESCRIPTOR, "lib/new.jar", "new"));
    assertThat(installed()).containsExactly("parrot/lib/new.jar", "parrot/plugin.properties");
  }

  static Stream<Arguments> bad() {
    return Stream.of(
        Arguments.of(Map.of("a.txt", "a"), "holds no plugin.properties"),
        Arguments.of(Map.of("parrot/plugin.properties", DESCRIPTOR), "holds no plugin.properties"),
        Arguments.of(Map.of("plugin.properties", "plugin.version=1\n"), "plugin.id must be"),
        Arguments.of(Map.of("plugin.properties", "plugin.id=../evil\n"), "plugin.id must be"),
        Arguments.of(Map.of("plugin.properties", "plugin.id=Parrot\n"), "plugin.id must be"),
        Arguments.of(Map.of("plugin.properties", DESCRIPTOR, "../evil.txt", "evil"), ""),
        Arguments.of(Map.of("plugin.properties", DESCRIPTOR, "lib/../../../evil.txt", "evil"), ""),
        Arguments.of(Map.of("plugin.properties", DESCRIPTOR, "..", "evil"), ""));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void whatIsNoPluginChangesNothing(Map<String, String> entries, String reason) throws IOException {
    install(Map.of("plugin.properties", DESCRIPTOR, "lib/old.jar", "old"));
    assertThatThrownBy(() -> install(entries))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(reason);
    assertThat(installed()).containsExactly("parrot/lib/old.jar", "parrot/plugin.properties");
    assertThat(dir.resolve("evil.txt")).doesNotExist();
    assertThat(dir.getParent().resolve("evil.txt")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"plugin.zip", "plugin.jar", "plugin"})
  void whatIsNoZipFileIsSaidToBeNone(String name) throws IOException {
    Path file = Files.writeString(dir.resolve(name), "these are only words");
    assertThatThrownBy(() -> PluginFolder.install(dir.resolve("plugins"), file))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(
            () -> PluginFolder.install(dir.resolve("plugins"), dir.resolve("missing.zip")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("there is no file");
    assertThat(installed()).isEmpty();
  }

  @Test
  void aPluginIsRemoved() throws IOException {
    install(Map.of("plugin.properties", DESCRIPTOR, "lib/a.jar", "a"));
    assertThat(PluginFolder.remove(dir.resolve("plugins"), "parrot")).isTrue();
    assertThat(PluginFolder.remove(dir.resolve("plugins"), "parrot")).isFalse();
    assertThat(installed()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "../precious", "", "PRECIOUS", "a/b"})
  void onlyAPluginIsRemoved(String id) throws IOException {
    Files.createDirectories(dir.resolve("plugins/a/b"));
    Files.createDirectories(dir.resolve("precious"));
    assertThat(PluginFolder.remove(dir.resolve("plugins"), id)).isFalse();
    assertThat(dir.resolve("plugins/a/b")).exists();
    assertThat(dir.resolve("precious")).exists();
  }
}
