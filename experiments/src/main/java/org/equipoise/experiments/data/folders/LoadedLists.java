package org.equipoise.experiments.data.folders;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.stats.ClassCounts;

/** A data set made of a list of training images, one of test images, and maybe one to choose by. */
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
      Optional<ListedImages> validation,
      ImageReading reading)
      throws IOException {
    requireDisjoint(root, train, FolderScan.TRAIN, test, FolderScan.TEST);
    if (validation.isPresent()) {
      requireDisjoint(root, train, FolderScan.TRAIN, validation.get(), FolderScan.VAL);
      requireDisjoint(root, validation.get(), FolderScan.VAL, test, FolderScan.TEST);
    }
    int classes = classNames.size();
    CheckedSplit checkedTrain = CheckedSplit.of(root, FolderScan.TRAIN, train, reading);
    CheckedSplit checkedTest = CheckedSplit.of(root, FolderScan.TEST, test, reading);
    requireNoEmptyClass(root, classNames, checkedTrain.files().labels());
    SortedMap<String, String> fingerprints = new TreeMap<>(checkedTrain.fingerprints());
    fingerprints.putAll(checkedTest.fingerprints());
    Optional<CheckedSplit> checkedValidation = Optional.empty();
    if (validation.isPresent()) {
      CheckedSplit checked = CheckedSplit.of(root, FolderScan.VAL, validation.get(), reading);
      fingerprints.putAll(checked.fingerprints());
      checkedValidation = Optional.of(checked);
    }
    LabelledData data =
        new LabelledData(
            checkedTrain.files(),
            checkedTest.files(),
            classNames,
            ClassCounts.ofLabels(train.labels(), classes),
            fingerprints);
    return checkedValidation.map(split -> data.withValidation(split.files())).orElse(data);
  }

  private static void requireDisjoint(
      Path root, ListedImages some, String nameOfSome, ListedImages others, String nameOfOthers)
      throws IOException {
    Set<String> names = new HashSet<>(some.names());
    Complaints complaints = new Complaints();
    for (String name : others.names()) {
      if (names.contains(name)) {
        complaints.add(name + " is in " + nameOfSome + " and in " + nameOfOthers);
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
