package org.equipoise.experiments.registry;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** A folder of plug-in jars, opened. */
public final class Plugins implements AutoCloseable {

  private final List<Path> jars;
  private final URLClassLoader loader;

  private Plugins(List<Path> jars, URLClassLoader loader) {
    this.jars = jars;
    this.loader = loader;
  }

  /**
   * Opens all jars of a folder, not of its subfolders.
   *
   * @param folder the folder
   * @return the plug-ins; close them when nothing of theirs is used any more
   * @throws IOException if the folder does not exist or a jar is damaged; the message names it
   */
  public static Plugins open(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException(
          "plug-in folder " + folder + (Files.exists(folder) ? ": not a folder" : ": not found"));
    }
    List<Path> jars;
    try (Stream<Path> files = Files.list(folder)) {
      // A fixed order: of two jars with the same class, the class loader takes the first.
      jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
    List<URL> urls = new ArrayList<>();
    for (Path jar : jars) {
      refuseDamaged(jar);
      urls.add(jar.toUri().toURL());
    }
    ClassLoader parent = Plugins.class.getClassLoader();
    return new Plugins(jars, new URLClassLoader("plugins", urls.toArray(URL[]::new), parent));
  }

  // A class loader skips what it cannot open without a word.
  private static void refuseDamaged(Path jar) throws IOException {
    try (JarFile opened = new JarFile(jar.toFile())) {
      opened.getManifest();
    } catch (IOException e) {
      throw new IOException("plug-in " + jar + ": not a readable jar (" + e.getMessage() + ")", e);
    }
  }

  /**
   * Returns the class loader that sees Equipoise and the jars.
   *
   * @return the loader, open until {@link #close}
   */
  public ClassLoader loader() {
    return loader;
  }

  /**
   * Returns the jars.
   *
   * @return their paths, sorted
   */
  public List<Path> jars() {
    return jars;
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }
}
