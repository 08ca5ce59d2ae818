package org.equipoise.experiments.registry;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One line of one service file.
 *
 * <p>{@code ServiceLoader} finds the same lines, but its errors do not say which jar they are in,
 * and it drops a class named by two jars without a word.
 *
 * @param className the class it names
 * @param origin the jar or folder that holds the file
 * @param file the path of the file in it
 * @param number the number of the line, from 1
 */
record ServiceLine(String className, String origin, String file, int number) {

  /** Reads all lines for a kind, in the order in which they are found. */
  static List<ServiceLine> read(PartKind kind, ClassLoader loader) {
    String file = "META-INF/services/" + kind.spi().getName();
    List<ServiceLine> lines = new ArrayList<>();
    try {
      // A jar that is listed twice on the class path is still one jar.
      Map<String, URL> files = new LinkedHashMap<>();
      loader.getResources(file).asIterator().forEachRemaining(u -> files.put(u.toString(), u));
      for (URL url : files.values()) {
        lines.addAll(read(url, file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
    return lines;
  }

  private static List<ServiceLine> read(URL url, String file) throws IOException {
    List<ServiceLine> lines = new ArrayList<>();
    URLConnection connection = url.openConnection();
    // A cached connection would hold the jar open for good.
    connection.setUseCaches(false);
    try (InputStream in = connection.getInputStream();
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      String text;
      for (int number = 1; (text = reader.readLine()) != null; number++) {
        String name = text.replaceFirst("#.*", "").strip();
        if (!name.isEmpty()) {
          lines.add(new ServiceLine(name, Origin.ofResource(url, file), file, number));
        }
      }
    }
    return lines;
  }

  /** Says why the class cannot be a part, if it cannot. */
  Optional<String> complaint(PartKind kind, ClassLoader loader) {
    Class<?> type;
    try {
      type = Class.forName(className, false, loader);
    } catch (ClassNotFoundException e) {
      return Optional.of("there is no such class");
    } catch (LinkageError e) {
      return Optional.of("the class cannot be loaded (" + e + ")");
    }
    if (!kind.spi().isAssignableFrom(type)) {
      return Optional.of("the class does not implement " + kind.spi().getSimpleName());
    }
    if (!type.isRecord()) {
      return Optional.of(
          "the class is no record; the components of a record are the config's keys");
    }
    if (Arrays.stream(type.getRecordComponents()).anyMatch(c -> c.getName().equals("type"))) {
      return Optional.of("a component is called type, the key that names the part itself");
    }
    if (!Modifier.isPublic(type.getModifiers())) {
      return Optional.of("the record is not public");
    }
    boolean hasDefaults =
        Arrays.stream(type.getConstructors()).anyMatch(c -> c.getParameterCount() == 0);
    return hasDefaults
        ? Optional.empty()
        : Optional.of("the record has no public no-argument constructor, which holds the defaults");
  }

  /** Names the place, for messages. */
  String place() {
    return origin + ", " + file + ", line " + number + ": " + className;
  }
}
