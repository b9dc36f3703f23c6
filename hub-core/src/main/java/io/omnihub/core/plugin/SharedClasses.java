package io.omnihub.core.plugin;

import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What plugins see of the hub: the plugin API and the libraries that it is written in, and nothing
 * else.
 */
final class SharedClasses extends ClassLoader {
  private static final List<String> PACKAGES =
      List.of(
          "io.omnihub.api.",
          "org.apache.camel.",
          "org.apache.hc.",
          "com.fasterxml.jackson.annotation.",
          "com.fasterxml.jackson.core.",
          "com.fasterxml.jackson.databind.",
          "org.pf4j.",
          "org.slf4j.");
  private static final List<String> RESOURCES =
      Stream.concat(
              PACKAGES.stream().map(name -> name.replace('.', '/')),
              Stream.of("META-INF/services/org/apache/camel/", "META-INF/org/apache/camel/"))
          .toList();

  private final ClassLoader hub;

  SharedClasses(ClassLoader hub) {
    super("shared", ClassLoader.getPlatformClassLoader());
    this.hub = hub;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (PACKAGES.stream().anyMatch(name::startsWith)) {
      return hub.loadClass(name);
    }
    throw new ClassNotFoundException(name);
  }

  @Override
  protected URL findResource(String name) {
    return isShared(name) ? hub.getResource(name) : null;
  }

  @Override
  protected Enumeration<URL> findResources(String name) throws java.io.IOException {
    return isShared(name) ? hub.getResources(name) : Collections.emptyEnumeration();
  }

  private static boolean isShared(String resource) {
    return RESOURCES.stream().anyMatch(resource::startsWith);
  }
}
