package org.equipoise.experiments.parts;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.equipoise.api.Named;

/** Compiles sources into a jar, as a third party would. */
public final class SourceJar {

  private final Map<String, String> sources = new LinkedHashMap<>();
  private final Map<String, String> files = new LinkedHashMap<>();
  private final List<Path> libraries = new ArrayList<>();

  /**
   * Adds a jar to compile against.
   *
   * @param library the jar
   * @return this
   */
  public SourceJar using(Path library) {
    libraries.add(library);
    return this;
  }

  /**
   * Adds a top-level class.
   *
   * @param className its full name
   * @param text its source, without the package line
   * @return this
   */
  public SourceJar source(String className, String text) {
    String packageName = className.substring(0, className.lastIndexOf('.'));
    sources.put(className, "package " + packageName + ";\n" + text);
    return this;
  }

  /**
   * Adds a service file.
   *
   * @param spi the service
   * @param lines its lines
   * @return this
   */
  public SourceJar service(Class<?> spi, String... lines) {
    files.put("META-INF/services/" + spi.getName(), String.join("\n", lines) + "\n");
    return this;
  }

  /**
   * Compiles everything.
   *
   * @param jar the jar to write
   * @return the jar
   */
  public Path write(Path jar) {
    try {
      Path classes = Files.createTempDirectory(jar.getParent(), "classes");
      compile(classes);
      try (OutputStream out = Files.newOutputStream(jar);
          JarOutputStream entries = new JarOutputStream(out);
          Stream<Path> compiled = Files.walk(classes)) {
        for (Path file : compiled.filter(Files::isRegularFile).sorted().toList()) {
          put(entries, classes.relativize(file).toString(), Files.readAllBytes(file));
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
          put(entries, file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8));
        }
      }
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void put(JarOutputStream jar, String name, byte[] bytes) throws IOException {
    jar.putNextEntry(new JarEntry(name));
    jar.write(bytes);
    jar.closeEntry();
  }

  private void compile(Path classes) throws IOException {
    if (sources.isEmpty()) {
      return;
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      manager.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
      List<JavaFileObject> units = new ArrayList<>();
      sources.forEach((name, text) -> units.add(new Source(name, text)));
      List<String> options = List.of("-proc:none", "--release", "17", "-classpath", classPath());
      if (!compiler.getTask(messages, manager, null, options, null, units).call()) {
        throw new IllegalArgumentException(messages.toString());
      }
    }
  }

  private String classPath() {
    Stream<Path> own = Stream.of(Named.class, NDArray.class).map(SourceJar::placeOf);
    return Stream.concat(own, libraries.stream())
        .map(Path::toString)
        .collect(Collectors.joining(System.getProperty("path.separator")));
  }

  private static Path placeOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(String className, String text) {
      super(URI.create("string:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
