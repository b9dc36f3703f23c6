package io.omnihub.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Builds plugins as an author's build would: a descriptor, classes, and the index of extensions.
 */
final class PluginBuilder {
  private final Path folder;

  /** In a folder of its own below the plugins folder. */
  PluginBuilder(Path plugins, String id) throws IOException {
    folder = Files.createDirectories(plugins.resolve(id));
    Files.writeString(
        folder.resolve("plugin.properties"), "plugin.id=" + id + "\nplugin.version=1.2.3\n");
  }

  /** A backend connector with more members. */
  PluginBuilder connector(String className, String name, String members) throws IOException {
    String source =
        """
        package sample;
        public class %1$s implements io.omnihub.api.connector.BackendConnector {
          %2$s
          public String name() { return "%3$s"; }
          public String description() { return "A sample."; }
          public io.omnihub.api.config.ConfigSpec config() { return io.omnihub.api.config.ConfigSpec.builder().build(); }
          public org.apache.camel.RoutesBuilder routes(io.omnihub.api.connector.Account account) { return null; }
        }
        """
            .formatted(className, members, name);
    return compile(Map.of("sample." + className, source)).extension("sample." + className);
  }

  PluginBuilder extension(String className) throws IOException {
    return file("classes/META-INF/extensions.idx", className + "\n");
  }

  PluginBuilder file(String path, String content) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    return this;
  }

  PluginBuilder without(String path) throws IOException {
    Files.delete(folder.resolve(path));
    return this;
  }

  PluginBuilder compile(Map<String, String> sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter errors = new StringWriter();
    List<JavaFileObject> units = sources.entrySet().stream().map(PluginBuilder::unit).toList();
    List<String> options =
        List.of(
            "-proc:none",
            "-classpath",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "-d",
            Files.createDirectories(folder.resolve("classes")).toString());
    boolean compiled = compiler.getTask(errors, null, null, options, null, units).call();
    assertThat(compiled).as(errors.toString()).isTrue();
    return this;
  }

  private static JavaFileObject unit(Map.Entry<String, String> source) {
    URI uri = URI.create("string:///" + source.getKey().replace('.', '/') + ".java");
    return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source.getValue();
      }
    };
  }

  /** A zip file with these entries, as they are. */
  static Path zip(Path file, Map<String, String> entries) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return file;
  }
}
