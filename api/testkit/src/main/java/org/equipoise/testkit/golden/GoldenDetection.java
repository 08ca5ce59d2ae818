package org.equipoise.testkit.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Golden cases of detection, which are not part of the project.
 *
 * <p>They are read from the folder {@code detection} of the folder that {@link
 * GoldenFiles#PROPERTY} names, or else of {@code ../shared/golden} beside the project. Where there
 * is none, tests skip themselves.
 */
public final class GoldenDetection {

  private static final String DETECTION = "detection";
  private static final ObjectMapper JSON = new ObjectMapper();

  private GoldenDetection() {}

  /**
   * Finds the folder.
   *
   * @return the folder, if it is there
   */
  public static Optional<Path> folder() {
    return Optional.ofNullable(System.getProperty(GoldenFiles.PROPERTY))
        .filter(value -> !value.isBlank())
        .map(Path::of)
        .or(GoldenDetection::besideTheProject)
        .map(golden -> golden.resolve(DETECTION))
        .filter(Files::isDirectory);
  }

  private static Optional<Path> besideTheProject() {
    for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
      if (Files.isDirectory(p.resolve(".mvn"))) {
        return Optional.of(p.resolveSibling("shared").resolve("golden"));
      }
    }
    return Optional.empty();
  }

  /**
   * Reads the cases of a kind: those that have a key, in any file whose {@code cases} are objects.
   *
   * @param key a key that only cases of this kind have
   * @return the cases, in the order of file names; empty if there is no folder
   */
  public static List<GoldenObject> casesWith(String key) {
    List<GoldenObject> cases = new ArrayList<>();
    for (Path file : files()) {
      JsonNode all = read(file).path("cases");
      for (int i = 0; all.isArray() && i < all.size(); i++) {
        if (all.get(i).has(key)) {
          cases.add(new GoldenObject(file.getFileName() + "/cases[" + i + "]", all.get(i)));
        }
      }
    }
    return List.copyOf(cases);
  }

  /**
   * Reads the files of a kind: those that are objects with a key.
   *
   * @param key a key that only files of this kind have
   * @return the files, in the order of their names; empty if there is no folder
   */
  public static List<GoldenObject> filesWith(String key) {
    List<GoldenObject> objects = new ArrayList<>();
    for (Path file : files()) {
      JsonNode all = read(file);
      if (all.has(key)) {
        objects.add(new GoldenObject(file.getFileName().toString(), all));
      }
    }
    return List.copyOf(objects);
  }

  private static List<Path> files() {
    Optional<Path> folder = folder();
    if (folder.isEmpty()) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder.get())) {
      return entries.filter(path -> path.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode read(Path file) {
    try {
      return JSON.readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
