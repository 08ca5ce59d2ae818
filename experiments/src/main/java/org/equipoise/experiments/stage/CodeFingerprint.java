package org.equipoise.experiments.stage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A hash of code: what must not change if a result is to be used again.
 *
 * <p>It covers the class files of some classes and of all they refer to, directly or not, as far as
 * those lie in the same jar (or folder) or in Equipoise's own packages. So an edited loss, or an
 * edited class that it uses, is another loss; an edited neighbour is not. The Java runtime, DJL and
 * other libraries are left to versions that are recorded elsewhere, and a class that is found by
 * reflection alone is not seen.
 *
 * <p>A comment that moves lines changes the class file and so the hash: training once too often is
 * the safe side.
 */
public final class CodeFingerprint {

  private static final String OWN_PACKAGES = "org/equipoise/";
  private static final String SUFFIX = ".class";

  private final SortedMap<String, byte[]> code = new TreeMap<>();

  private CodeFingerprint() {}

  /**
   * Returns the fingerprint of some classes.
   *
   * @param roots the classes; order and repetition do not matter
   * @return SHA-256, 64 hex digits
   * @throws IllegalArgumentException if a class has no class file, as one made at run time
   */
  public static String of(Class<?>... roots) {
    CodeFingerprint fingerprint = new CodeFingerprint();
    for (Class<?> root : roots) {
      fingerprint.add(root);
    }
    return fingerprint.hash();
  }

  private void add(Class<?> root) {
    String rootName = root.getName().replace('.', '/');
    ClassLoader loader = root.getClassLoader();
    URL file = loader == null ? null : loader.getResource(rootName + SUFFIX);
    if (file == null) {
      throw new IllegalArgumentException("code of " + root.getName() + ": it has no class file");
    }
    String home = file.toString();
    String source = home.substring(0, home.length() - rootName.length() - SUFFIX.length());
    Set<String> seen = new HashSet<>(Set.of(rootName));
    Deque<String> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      String name = open.remove();
      if (counts(name, rootName, source, loader)) {
        byte[] bytes = code.computeIfAbsent(name, missing -> read(missing, loader));
        references(name, bytes).stream().filter(seen::add).forEach(open::add);
      }
    }
  }

  // A jar that bundles everything is no reason to read the libraries in it for an own class.
  private static boolean counts(String name, String rootName, String source, ClassLoader loader) {
    if (name.startsWith(OWN_PACKAGES)) {
      return loader.getResource(name + SUFFIX) != null;
    }
    if (rootName.startsWith(OWN_PACKAGES) || name.startsWith("java/")) {
      return false;
    }
    URL place = loader.getResource(name + SUFFIX);
    return place != null && place.toString().equals(source + name + SUFFIX);
  }

  private static byte[] read(String name, ClassLoader loader) {
    try (InputStream in = loader.getResourceAsStream(name + SUFFIX)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read class file of " + name + ": " + e, e);
    }
  }

  private static Set<String> references(String name, byte[] bytes) {
    try {
      return ClassReferences.of(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot parse class file of " + name + ": " + e, e);
    }
  }

  private String hash() {
    try {
      MessageDigest all = MessageDigest.getInstance("SHA-256");
      for (Map.Entry<String, byte[]> entry : code.entrySet()) {
        byte[] one = MessageDigest.getInstance("SHA-256").digest(entry.getValue());
        String line = entry.getKey() + " " + HexFormat.of().formatHex(one) + "\n";
        all.update(line.getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(all.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
