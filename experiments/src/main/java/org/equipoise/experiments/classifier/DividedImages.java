package org.equipoise.experiments.classifier;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.experiments.data.folders.FolderScan;
import org.equipoise.experiments.data.folders.HeldOut;
import org.equipoise.experiments.data.folders.ListedImages;
import org.equipoise.experiments.data.inspection.DamagedFile;
import org.equipoise.experiments.data.inspection.DuplicateFiles;
import org.equipoise.experiments.data.inspection.FolderInspection;
import org.equipoise.experiments.data.inspection.PlacedFile;

/**
 * The images of a folder by what they are for; unreadable ones are in no part.
 *
 * @param root the folder that names start from
 * @param classes the names of the classes
 * @param train what is trained on
 * @param heldOut what methods are compared on
 * @param test what the chosen one is evaluated on, once
 * @param ownVal whether {@code heldOut} is the folder's val split, or was taken from train
 */
record DividedImages(
    Path root,
    List<String> classes,
    ListedImages train,
    ListedImages heldOut,
    Optional<ListedImages> test,
    boolean ownVal) {

  private static final double SHARE = 0.2;

  static DividedImages of(FolderScan scan, FolderInspection found, long seed) throws IOException {
    if (!found.problems().isEmpty()) {
      throw new IOException(scan.root() + ": " + String.join("; ", found.problems()));
    }
    Set<String> bad =
        found.unreadable().stream().map(DamagedFile::name).collect(Collectors.toSet());
    ListedImages all = without(bad, scan.trainOrAll());
    Optional<ListedImages> val = split(scan, FolderScan.VAL, bad);
    Optional<ListedImages> test = split(scan, FolderScan.TEST, bad);
    DividedImages divided =
        val.isPresent()
            ? new DividedImages(scan.root(), scan.classes(), all, val.get(), test, true)
            : divide(scan, found, all, test, seed);
    divided.requireEnough();
    return divided;
  }

  private static Optional<ListedImages> split(FolderScan scan, String name, Set<String> bad) {
    return Optional.ofNullable(scan.splits().get(name))
        .map(listed -> without(bad, listed))
        .filter(listed -> listed.size() > 0);
  }

  private static ListedImages without(Set<String> bad, ListedImages listed) {
    return listed.where(i -> !bad.contains(listed.names().get(i)));
  }

  private static DividedImages divide(
      FolderScan scan,
      FolderInspection found,
      ListedImages all,
      Optional<ListedImages> test,
      long seed) {
    boolean[] held = new HeldOut(SHARE, seed).choose(all.labels(), scan.classes().size());
    // A copy of what is trained on says nothing about images that were never seen.
    Map<String, String> hashes = new HashMap<>();
    for (DuplicateFiles group : found.duplicates()) {
      for (PlacedFile file : group.files()) {
        hashes.put(file.name(), group.sha256());
      }
    }
    Set<String> trained = new HashSet<>();
    for (int i = 0; i < held.length; i++) {
      String hash = hashes.get(all.names().get(i));
      if (!held[i] && hash != null) {
        trained.add(hash);
      }
    }
    for (int i = 0; i < held.length; i++) {
      held[i] &= !trained.contains(hashes.getOrDefault(all.names().get(i), ""));
    }
    return new DividedImages(
        scan.root(),
        scan.classes(),
        all.where(i -> !held[i]),
        all.where(i -> held[i]),
        test,
        false);
  }

  private void requireEnough() throws IOException {
    ClassCounts counts = trainCounts();
    for (int c = 0; c < counts.classes(); c++) {
      if (counts.count(c) == 0) {
        throw new IOException(
            root + ": class " + classes.get(c) + " has no readable image left to train on");
      }
    }
    if (heldOut.size() == 0) {
      throw new IOException(
          root
              + ": nothing could be held out to compare methods on; expected at least one class of"
              + " 2 images, or a folder val");
    }
  }

  ClassCounts trainCounts() {
    return ClassCounts.ofLabels(train.labels(), classes.size());
  }
}
