package org.equipoise.experiments.data.folders;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.stats.ClassCounts;

/** A data set made of a list of training images and one of test images. */
final class LoadedLists {

  private LoadedLists() {}

  /**
   * Looks at all files.
   *
   * @throws IOException if an image is in both lists, a damaged one may not be, or a class has none
   *     left to train on
   */
  static LabelledData of(
      Path root,
      List<String> classNames,
      ListedImages train,
      ListedImages test,
      ImageReading reading)
      throws IOException {
    requireDisjoint(root, train, test);
    int classes = classNames.size();
    CheckedSplit checkedTrain = CheckedSplit.of(root, FolderScan.TRAIN, train, reading);
    CheckedSplit checkedTest = CheckedSplit.of(root, FolderScan.TEST, test, reading);
    requireNoEmptyClass(root, classNames, checkedTrain.files().labels());
    SortedMap<String, String> fingerprints = new TreeMap<>(checkedTrain.fingerprints());
    fingerprints.putAll(checkedTest.fingerprints());
    return new LabelledData(
        checkedTrain.files(),
        checkedTest.files(),
        classNames,
        ClassCounts.ofLabels(train.labels(), classes),
        fingerprints);
  }

  /** Returns the same data set with one more fingerprint. */
  static LabelledData withFingerprint(LabelledData data, String name, String sha256) {
    SortedMap<String, String> fingerprints = new TreeMap<>(data.fingerprints());
    fingerprints.put(name, sha256);
    return new LabelledData(
        data.train(), data.test(), data.classNames(), data.published(), fingerprints);
  }

  private static void requireDisjoint(Path root, ListedImages train, ListedImages test)
      throws IOException {
    Set<String> trained = new HashSet<>(train.names());
    Complaints complaints = new Complaints();
    for (String name : test.names()) {
      if (trained.contains(name)) {
        complaints.add(name + " is in train and in test");
      }
    }
    complaints.throwIfAny(root);
  }

  private static void requireNoEmptyClass(Path root, List<String> classNames, int[] labels)
      throws IOException {
    ClassCounts counts = ClassCounts.ofLabels(labels, classNames.size());
    Complaints complaints = new Complaints();
    for (int c = 0; c < counts.classes(); c++) {
      if (counts.count(c) == 0) {
        complaints.add("class " + classNames.get(c) + " has no image left to train on");
      }
    }
    complaints.throwIfAny(root);
  }
}
