package org.equipoise.testkit.golden;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.opentest4j.TestAbortedException;

/** Finds the golden files. */
public final class GoldenFiles {

  /** Names a folder with a folder {@code methods} in it, to be used instead of the built-in one. */
  public static final String PROPERTY = "equipoise.golden";

  private static final String METHODS = "methods";
  private static final ObjectMapper JSON = new ObjectMapper();

  private GoldenFiles() {}

  /**
   * Reads all files.
   *
   * @return the files, sorted by file name
   * @throws IllegalArgumentException if the folder of the system property is not there or has no
   *     golden file
   */
  public static List<GoldenFile> all() {
    try {
      Optional<Path> folder = otherFolder();
      return folder.isPresent() ? list(folder.get()) : builtIn();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads the files of one item.
   *
   * @param name the item's name, such as {@code loss.ldam}
   * @return the files, sorted by file name
   * @throws IllegalArgumentException if the module does not own the name, or the testkit's own
   *     folder has no such file
   */
  public static List<GoldenFile> owned(String name) {
    List<String> names = GoldenOwnership.ownedByThisModule();
    if (!names.contains(name)) {
      throw new IllegalArgumentException(
          "golden file: \"" + name + "\" is not in golden-owned.txt, which has " + names);
    }
    List<GoldenFile> files = all().stream().filter(file -> file.name().equals(name)).toList();
    if (files.isEmpty() && otherFolder().isEmpty()) {
      throw new IllegalArgumentException("golden file: there is none of the name " + name);
    }
    return files;
  }

  /**
   * Makes one test of each case of an item.
   *
   * <p>A test fails if a key of the case's config, inputs or expected numbers was never read; of a
   * case that must be refused, the keys of its config and inputs may stay unread.
   *
   * @param name the item's name, owned by this module
   * @param test compares one case; a case with {@link GoldenCase#error} must be refused
   * @return tests for a {@code @TestFactory}
   */
  public static Stream<DynamicNode> tests(String name, Consumer<GoldenCase> test) {
    return owned(name).stream().map(file -> testsOf(file, test));
  }

  private static DynamicNode testsOf(GoldenFile file, Consumer<GoldenCase> test) {
    return dynamicContainer(
        file.fileName(),
        file.cases().stream()
            .map(golden -> dynamicTest(golden.id(), () -> run(file, golden, test))));
  }

  private static void run(GoldenFile file, GoldenCase golden, Consumer<GoldenCase> test) {
    try {
      test.accept(golden);
      if (golden.error().isEmpty()) {
        golden.requireAllRead();
      }
    } catch (TestAbortedException skipped) {
      // An assumption that does not hold, such as that real data is there, is no failure; the case
      // is counted as skipped.
      throw skipped;
    } catch (RuntimeException | AssertionError failure) {
      // Build logs show the number of a dynamic test only.
      throw new AssertionError(
          file.fileName() + "/" + golden.id() + ": " + failure.getMessage(), failure);
    }
  }

  /** Returns the folder that the system property names, if it is set. */
  static Optional<Path> otherFolder() {
    String value = System.getProperty(PROPERTY);
    return value == null || value.isBlank()
        ? Optional.empty()
        : Optional.of(Path.of(value).resolve(METHODS));
  }

  private static List<GoldenFile> builtIn() throws IOException {
    // The class file's own place says whether the testkit is a jar or a folder.
    URL place = GoldenFiles.class.getProtectionDomain().getCodeSource().getLocation();
    String inside = GoldenFiles.class.getPackageName().replace('.', '/') + "/" + METHODS;
    try {
      Path root = Path.of(place.toURI());
      if (Files.isDirectory(root)) {
        return list(root.resolve(inside));
      }
      try (FileSystem jar = FileSystems.newFileSystem(root)) {
        return list(jar.getPath(inside));
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException("testkit: no path of a class path entry: " + place, e);
    }
  }

  private static List<GoldenFile> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "golden files: there is no folder "
              + folder.toAbsolutePath()
              + " (a relative path in "
              + PROPERTY
              + " begins at the module under test)");
    }
    List<Path> paths;
    try (Stream<Path> entries = Files.list(folder)) {
      paths =
          entries
              .filter(path -> path.getFileName().toString().endsWith(".json"))
              .sorted(Comparator.comparing(path -> path.getFileName().toString()))
              .toList();
    }
    if (paths.isEmpty()) {
      throw new IllegalArgumentException("golden files: none in " + folder);
    }
    List<GoldenFile> files = new ArrayList<>();
    for (Path path : paths) {
      files.add(
          new GoldenFile(path.getFileName().toString(), JSON.readTree(Files.readAllBytes(path))));
    }
    return List.copyOf(files);
  }
}
