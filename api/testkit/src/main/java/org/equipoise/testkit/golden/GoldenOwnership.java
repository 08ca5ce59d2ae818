package org.equipoise.testkit.golden;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which module tests which golden name, and which names are not built yet.
 *
 * <p>A module lists the names that it owns in {@code src/test/resources/golden-owned.txt}; names
 * that nobody owns are listed in the testkit's {@code golden-pending.txt}, which may only shrink.
 * Both have one name a line; {@code #} begins a comment.
 *
 * @param owners the modules, by name, as folders below the project's root
 * @param pending the names not built yet
 */
public record GoldenOwnership(SortedMap<String, List<String>> owners, SortedSet<String> pending) {

  private static final String OWNED = "golden-owned.txt";
  private static final String PENDING = "/org/equipoise/testkit/golden-pending.txt";
  private static final Path OWNED_IN_MODULE = Path.of("src", "test", "resources", OWNED);

  /** Copies the collections. */
  public GoldenOwnership {
    owners = Collections.unmodifiableSortedMap(new TreeMap<>(owners));
    pending = Collections.unmodifiableSortedSet(new TreeSet<>(pending));
  }

  /**
   * Reads the lists of all modules of a source tree.
   *
   * @param projectRoot the folder of the root POM
   * @return the ownership
   */
  public static GoldenOwnership read(Path projectRoot) {
    SortedMap<String, List<String>> owners = new TreeMap<>();
    // Modules nest two deep at most; a deeper walk would wander through build output.
    try (Stream<Path> folders = Files.walk(projectRoot, 2)) {
      for (Path module : folders.filter(Files::isDirectory).sorted().toList()) {
        Path list = module.resolve(OWNED_IN_MODULE);
        if (Files.exists(list)) {
          String moduleName = projectRoot.relativize(module).toString().replace('\\', '/');
          for (String name : names(Files.readString(list))) {
            owners.computeIfAbsent(name, n -> new ArrayList<>()).add(moduleName);
          }
        }
      }
      return new GoldenOwnership(owners, new TreeSet<>(names(resource(PENDING))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Checks that every file has one owner or is pending.
   *
   * @param files the golden files
   * @return one sentence a problem, sorted; empty if all is well
   */
  public List<String> problems(List<GoldenFile> files) {
    SortedSet<String> found = new TreeSet<>();
    files.forEach(file -> found.add(file.name()));
    SortedSet<String> problems = new TreeSet<>();
    for (String name : found) {
      if (!owners.containsKey(name) && !pending.contains(name)) {
        problems.add(name + ": no module owns it, and it is not in golden-pending.txt");
      }
    }
    if (GoldenFiles.otherFolder().isEmpty()) {
      for (String name : pending) {
        if (!found.contains(name)) {
          problems.add(name + ": pending, but there is no golden file of that name");
        }
      }
    }
    owners.forEach(
        (name, modules) -> {
          if (modules.size() > 1) {
            problems.add(name + ": owned more than once, by " + modules);
          }
          if (pending.contains(name)) {
            problems.add(name + ": owned by " + modules + ", so remove it from golden-pending.txt");
          }
        });
    return List.copyOf(problems);
  }

  /** Returns the names in the list of the module whose tests are running. */
  static List<String> ownedByThisModule() {
    return names(resource("/" + OWNED));
  }

  private static List<String> names(String text) {
    return text.lines()
        .map(line -> line.replaceFirst("#.*", "").strip())
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private static String resource(String path) {
    try (InputStream in = GoldenOwnership.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException("golden files: no list " + path + " on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
