package org.equipoise.experiments.data.folders;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What is in a folder of images: one folder a class, under {@code train}, {@code val} and {@code
 * test}, or without a split.
 *
 * <p>Classes are the folders that training images lie in, in the order of their names' code points;
 * files are in the order of their names, from folders within a class folder too. Names that begin
 * with a dot are not seen. Links are followed, but not back to a folder that they lie in. Nothing
 * but the folder is read: no image, and no engine is needed.
 *
 * @param root the folder
 * @param classes the names of the classes, by class id
 * @param splits the images of {@code train}, and of {@code val} and {@code test} if there are such
 *     folders; or those of {@link #ALL}, if there is no split
 * @param ignored what is not looked at, below the root, sorted: files that are no images by their
 *     names, and with the reason behind a comma whatever else is not, such as images that lie in no
 *     class folder, and folders beside train that are no split
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
    private final SortedSet<String> ignored = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();

    Walk(Path root) {
      this.root = root;
    }

    FolderScan scan() throws IOException {
      List<String> folders = folders(root);
      nameStrays(root);
      SortedMap<String, ListedImages> splits = new TreeMap<>();
      List<String> classes;
      if (folders.contains(TRAIN)) {
        classes = folders(root.resolve(TRAIN));
        for (String split : List.of(TRAIN, VAL, TEST)) {
          if (folders.contains(split)) {
            splits.put(split, list(root.resolve(split), classes));
            nameStrays(root.resolve(split));
          }
        }
        nameOtherSplits(folders, splits.keySet());
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
      return new FolderScan(root, classes, splits, List.copyOf(ignored), problems);
    }

    private static List<String> folders(Path parent) throws IOException {
      try (Stream<Path> entries = Files.list(parent)) {
        return entries
            .filter(
                entry ->
                    !ImageWalk.isHidden(entry)
                        && Files.isDirectory(entry)
                        && !Links.leadsBack(entry))
            .map(folder -> folder.getFileName().toString())
            .sorted()
            .toList();
      }
    }

    /** Names what lies beside folders and would be missed by whoever put it there. */
    private void nameStrays(Path parent) throws IOException {
      try (Stream<Path> entries = Files.list(parent)) {
        entries
            .filter(entry -> !ImageWalk.isHidden(entry))
            .forEach(
                entry -> {
                  if (Links.leadsBack(entry)) {
                    ignored.add(name(entry) + Links.LEADS_BACK);
                  } else if (Links.leadsNowhere(entry)) {
                    ignored.add(name(entry) + Links.LEADS_NOWHERE);
                  } else if (Files.isRegularFile(entry) && ImageWalk.isImage(entry)) {
                    ignored.add(name(entry) + ", an image that lies in no folder of a class");
                  }
                });
      }
    }

    private void nameOtherSplits(List<String> folders, Set<String> splits) {
      folders.stream()
          .filter(name -> !splits.contains(name))
          .forEach(name -> ignored.add(name + "/, which is none of train/, val/ and test/"));
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
        for (String name : images(folder)) {
          names.add(name);
          labels.add(c);
        }
      }
      return new ListedImages(names, labels.stream().mapToInt(Integer::intValue).toArray());
    }

    private List<String> images(Path folder) throws IOException {
      ImageWalk walk = new ImageWalk(root);
      Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, walk);
      ignored.addAll(walk.ignored());
      return walk.images();
    }

    private String name(Path entry) {
      return ImageWalk.name(root, entry);
    }
  }
}
