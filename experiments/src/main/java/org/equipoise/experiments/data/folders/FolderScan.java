package org.equipoise.experiments.data.folders;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is in a folder of images: one folder a class, under {@code train}, {@code val} and {@code
 * test}, or without a split.
 *
 * <p>Classes are the folders that training images lie in, in the order of their names' code points;
 * files are in the order of their names, from folders within a class folder too. Names that begin
 * with a dot are not seen. Nothing but the folder is read: no image, and no engine is needed.
 *
 * @param root the folder
 * @param classes the names of the classes, by class id
 * @param splits the images of {@code train}, and of {@code val} and {@code test} if there are such
 *     folders; or those of {@link #ALL}, if there is no split
 * @param ignored files that are no images by their names, below the root, sorted
 * @param problems what keeps a data set from being made of it, for people; empty if nothing does
 */
public record FolderScan(
    Path root,
    List<String> classes,
    SortedMap<String, ListedImages> splits,
    List<String> ignored,
    List<String> problems) {

  /** The split of training images. */
  public static final String TRAIN = "train";

  /** The split of images that choices may be made on. */
  public static final String VAL = "val";

  /** The split of images that are evaluated on, once. */
  public static final String TEST = "test";

  /** All images of a folder without a split. */
  public static final String ALL = "all";

  private static final List<String> SUFFIXES = List.of(".jpg", ".jpeg", ".png");

  /** Copies the collections. */
  public FolderScan {
    classes = List.copyOf(classes);
    splits = Collections.unmodifiableSortedMap(new TreeMap<>(splits));
    ignored = List.copyOf(ignored);
    problems = List.copyOf(problems);
  }

  /**
   * Looks through a folder.
   *
   * @param root an existing folder
   * @return what is in it
   * @throws IOException if it is no folder, or cannot be read
   */
  public static FolderScan of(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      throw new IOException(
          root + ": not a folder; expected one with a folder of images for each class");
    }
    return new Walk(root).scan();
  }

  /**
   * Returns the images that are trained on, or would be divided.
   *
   * @return the split {@link #TRAIN}, or else {@link #ALL}
   */
  public ListedImages trainOrAll() {
    return splits.getOrDefault(TRAIN, splits.get(ALL));
  }

  /**
   * Looks for files of a split that cannot be read, with all processors.
   *
   * @param split the split's name
   * @param decode whether every file is decoded, which takes as long as an epoch's reading, or its
   *     header and end are looked at only
   * @return those that cannot, in the order of the split
   */
  public List<Unreadable> unreadable(String split, boolean decode) {
    List<String> names = splits.get(split).names();
    return (decode ? Check.DECODE : Check.HEADER).unreadable(root, names);
  }

  private static final class Walk {

    private final Path root;
    private final List<String> ignored = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    Walk(Path root) {
      this.root = root;
    }

    FolderScan scan() throws IOException {
      List<String> folders = folders(root);
      SortedMap<String, ListedImages> splits = new TreeMap<>();
      List<String> classes;
      if (folders.contains(TRAIN)) {
        classes = folders(root.resolve(TRAIN));
        for (String split : List.of(TRAIN, VAL, TEST)) {
          if (folders.contains(split)) {
            splits.put(split, list(root.resolve(split), classes));
          }
        }
        requireClassesKnown(splits, classes);
      } else {
        for (String split : List.of(VAL, TEST)) {
          if (folders.contains(split)) {
            problems.add("there is a folder " + split + ", but none called train");
          }
        }
        classes = folders;
        splits.put(ALL, list(root, classes));
      }
      requireImages(classes, splits.getOrDefault(TRAIN, splits.get(ALL)));
      Collections.sort(ignored);
      return new FolderScan(root, classes, splits, ignored, problems);
    }

    private static List<String> folders(Path parent) throws IOException {
      try (Stream<Path> entries = Files.list(parent)) {
        return entries
            .filter(Files::isDirectory)
            .map(folder -> folder.getFileName().toString())
            .filter(name -> !name.startsWith("."))
            .sorted()
            .toList();
      }
    }

    private void requireClassesKnown(SortedMap<String, ListedImages> splits, List<String> classes)
        throws IOException {
      for (String split : splits.keySet()) {
        for (String name : folders(root.resolve(split))) {
          if (!classes.contains(name)) {
            problems.add(
                "class " + name + " is in " + split + ", but not in train: nothing could learn it");
          }
        }
      }
    }

    private void requireImages(List<String> classes, ListedImages images) {
      if (classes.size() < 2) {
        problems.add(
            "there are "
                + classes.size()
                + " folders; expected one for each class, and at least 2 classes");
      }
      boolean[] seen = new boolean[classes.size()];
      for (int label : images.labels()) {
        seen[label] = true;
      }
      for (int c = 0; c < seen.length; c++) {
        if (!seen[c]) {
          problems.add("class " + classes.get(c) + " has no JPEG or PNG file to train on");
        }
      }
    }

    private ListedImages list(Path split, List<String> classes) throws IOException {
      List<String> names = new ArrayList<>();
      List<Integer> labels = new ArrayList<>();
      for (int c = 0; c < classes.size(); c++) {
        Path folder = split.resolve(classes.get(c));
        if (!Files.isDirectory(folder)) {
          continue;
        }
        for (String name : files(folder)) {
          if (isImage(name)) {
            names.add(name);
            labels.add(c);
          } else {
            ignored.add(name);
          }
        }
      }
      return new ListedImages(names, labels.stream().mapToInt(Integer::intValue).toArray());
    }

    private List<String> files(Path folder) throws IOException {
      try (Stream<Path> entries = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
        return entries
            .filter(Files::isRegularFile)
            .map(file -> root.relativize(file).toString().replace(File.separatorChar, '/'))
            .filter(name -> !name.contains("/."))
            .sorted()
            .toList();
      }
    }

    private static boolean isImage(String name) {
      String lower = name.toLowerCase(Locale.ROOT);
      return SUFFIXES.stream().anyMatch(lower::endsWith);
    }
  }
}
