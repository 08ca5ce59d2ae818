package org.equipoise.experiments.data.inspection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.ShotGroup;
import org.equipoise.experiments.data.folders.FolderScan;
import org.equipoise.experiments.data.folders.ListedImages;
import org.equipoise.experiments.data.folders.Unreadable;

/**
 * What a folder of images holds: a folder a class, with or without {@code train}, {@code val} and
 * {@code test} above. No engine is needed.
 *
 * @param folder the folder
 * @param decoded whether every pixel was read, or header and end of each file only
 * @param classes the classes, in the order of their names
 * @param images how many images can be read, by split; {@code all} if there are no splits
 * @param imbalanceFactor n_max / n_min of what can be trained on, &gt;= 1; empty if a class has
 *     nothing
 * @param unreadable the files that cannot be read
 * @param duplicates the groups of files with the same bytes
 * @param ignored what is not looked at: what lies among the images and is no JPEG or PNG file by
 *     name; and, with the reason, images outside of class folders, links that lead nowhere or back,
 *     folders beside train that are no split
 * @param problems why nothing can be trained on this folder as it is; empty if something can
 * @param suggestions what to do, in words
 */
public record FolderInspection(
    String folder,
    boolean decoded,
    List<ClassSummary> classes,
    SortedMap<String, Integer> images,
    OptionalDouble imbalanceFactor,
    List<DamagedFile> unreadable,
    List<DuplicateFiles> duplicates,
    List<String> ignored,
    List<String> problems,
    List<String> suggestions) {

  /** With fewer images than this nothing reliable can be said of a class. */
  public static final int FEWEST = 5;

  /** Copies the collections. */
  public FolderInspection {
    classes = List.copyOf(classes);
    images = Collections.unmodifiableSortedMap(new TreeMap<>(images));
    unreadable = List.copyOf(unreadable);
    duplicates = List.copyOf(duplicates);
    ignored = List.copyOf(ignored);
    problems = List.copyOf(problems);
    suggestions = List.copyOf(suggestions);
  }

  /**
   * Looks through a folder.
   *
   * @param root the folder
   * @param decode whether every file is decoded, which takes as long as an epoch's reading, or its
   *     header and end are looked at only
   * @return what is in it
   * @throws IOException if it is no folder, or a file vanishes or cannot be opened meanwhile
   */
  public static FolderInspection of(Path root, boolean decode) throws IOException {
    return of(FolderScan.of(root), decode);
  }

  /**
   * Looks at the files of a folder.
   *
   * @param scan what lies in it
   * @param decode whether every file is decoded
   * @return what is in it
   * @throws IOException if a file vanishes or cannot be opened meanwhile
   */
  public static FolderInspection of(FolderScan scan, boolean decode) throws IOException {
    List<DamagedFile> unreadable = new ArrayList<>();
    List<PlacedFile> readable = new ArrayList<>();
    SortedMap<String, int[]> counts = new TreeMap<>();
    for (String split : scan.splits().keySet()) {
      Set<Integer> bad = new HashSet<>();
      for (Unreadable one : scan.unreadable(split, decode)) {
        bad.add(one.index());
        unreadable.add(new DamagedFile(split, one.name(), one.reason()));
      }
      int[] ofClass = new int[scan.classes().size()];
      ListedImages listed = scan.splits().get(split);
      int[] labels = listed.labels();
      for (int i = 0; i < labels.length; i++) {
        if (!bad.contains(i)) {
          ofClass[labels[i]]++;
          readable.add(new PlacedFile(split, scan.classes().get(labels[i]), listed.names().get(i)));
        }
      }
      counts.put(split, ofClass);
    }
    List<ClassSummary> classes = classes(scan, counts);
    SortedMap<String, Integer> images = new TreeMap<>();
    counts.forEach((split, ofClass) -> images.put(split, Arrays.stream(ofClass).sum()));
    FolderInspection found =
        new FolderInspection(
            scan.root().toString(),
            decode,
            classes,
            images,
            imbalanceFactor(classes),
            unreadable,
            duplicates(scan.root(), readable),
            scan.ignored(),
            scan.problems(),
            List.of());
    return found.with(Suggestions.of(found));
  }

  private static List<DuplicateFiles> duplicates(Path root, List<PlacedFile> files)
      throws IOException {
    try {
      return DuplicateFiles.among(root, files);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static List<ClassSummary> classes(FolderScan scan, SortedMap<String, int[]> counts) {
    List<ClassSummary> classes = new ArrayList<>();
    for (int c = 0; c < scan.classes().size(); c++) {
      SortedMap<String, Integer> images = new TreeMap<>();
      for (String split : counts.keySet()) {
        images.put(split, counts.get(split)[c]);
      }
      classes.add(new ClassSummary(scan.classes().get(c), ShotGroup.of(trainable(images)), images));
    }
    return classes;
  }

  private static OptionalDouble imbalanceFactor(List<ClassSummary> classes) {
    long[] counts = classes.stream().mapToLong(one -> trainable(one.images())).toArray();
    boolean defined = counts.length > 0 && Arrays.stream(counts).min().orElseThrow() > 0;
    return defined
        ? OptionalDouble.of(ClassCounts.of(counts).imbalanceFactor())
        : OptionalDouble.empty();
  }

  private static int trainable(SortedMap<String, Integer> images) {
    return images.getOrDefault(FolderScan.TRAIN, images.getOrDefault(FolderScan.ALL, 0));
  }

  /**
   * Returns how many images of a class can be trained on, or would be divided.
   *
   * @param one a class of this folder
   * @return those of the split {@code train}, or else all
   */
  public int trainable(ClassSummary one) {
    return trainable(one.images());
  }

  /**
   * Returns the classes of which nothing reliable can be said.
   *
   * @return those with fewer than {@link #FEWEST} images to train on
   */
  public List<ClassSummary> tiny() {
    return classes.stream().filter(one -> trainable(one) < FEWEST).toList();
  }

  /**
   * Returns what is in more than one split: what is evaluated on was trained on.
   *
   * @return groups of equal files
   */
  public List<DuplicateFiles> leaks() {
    return duplicates.stream().filter(DuplicateFiles::acrossSplits).toList();
  }

  private FolderInspection with(List<String> advice) {
    return new FolderInspection(
        folder,
        decoded,
        classes,
        images,
        imbalanceFactor,
        unreadable,
        duplicates,
        ignored,
        problems,
        advice);
  }
}
