package org.equipoise.experiments.registry;

import java.net.URI;
import java.net.URL;
import java.security.CodeSource;

/** Names the jar or folder that something was loaded from. */
final class Origin {

  private Origin() {}

  static String of(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return source == null || source.getLocation() == null
        ? "the Java runtime"
        : lastSegment(source.getLocation().toString());
  }

  /** Names the jar or folder that holds a resource. */
  static String ofResource(URL resource, String path) {
    String url = resource.toString();
    String base = url.endsWith(path) ? url.substring(0, url.length() - path.length()) : url;
    // A resource of a jar is "jar:file:/folder/some.jar!/path".
    return lastSegment(base.startsWith("jar:") ? base.replaceFirst("!/$", "") : base);
  }

  private static String lastSegment(String url) {
    String path = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    String name = path.substring(path.lastIndexOf('/') + 1);
    // Undoes %20 and the like.
    return URI.create(name.isEmpty() ? "/" : name).getPath();
  }
}
