package org.equipoise.experiments.data.inspection;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.equipoise.api.stats.ShotGroup;
import org.equipoise.experiments.data.folders.FolderScan;

/** What to do about what was found in a folder, in words: what hurts most comes first. */
final class Suggestions {

  private static final double BALANCED = 2;
  private static final int NAMED = 5;

  /** Below this a network of one's own learns less than a new head on a trained one. */
  private static final int SMALL = 2000;

  private final FolderInspection found;
  private final List<String> suggestions = new ArrayList<>();

  private Suggestions(FolderInspection found) {
    this.found = found;
  }

  static List<String> of(FolderInspection found) {
    Suggestions all = new Suggestions(found);
    if (found.problems().isEmpty()) {
      all.files();
      all.classes();
      all.splits();
      all.method();
    }
    return all.suggestions;
  }

  private void files() {
    int leaks = found.leaks().size();
    if (leaks > 0) {
      add(
          counted(leaks, "image lies", "images lie")
              + " in several splits: keep one file of each. Figures on images that were trained on"
              + " are too good.");
    }
    long torn = found.duplicates().stream().filter(DuplicateFiles::acrossClasses).count();
    if (torn > 0) {
      add(
          counted(torn, "image lies", "images lie")
              + " in several classes: decide on one for each.");
    }
    long spare =
        found.duplicates().stream()
            .filter(group -> !group.acrossSplits() && !group.acrossClasses())
            .mapToLong(group -> group.files().size() - 1)
            .sum();
    if (spare > 0) {
      add(
          "Remove "
              + counted(spare, "copy", "copies")
              + " within a split: copies make a class look larger than it is.");
    }
    if (!found.unreadable().isEmpty()) {
      add(
          "Replace or remove "
              + counted(found.unreadable().size(), "unreadable file", "unreadable files")
              + "; 'equipoise train' leaves them out, a study stops at them unless it says"
              + " 'images: {damaged: skip"
              + (found.decoded() ? ", check: decode" : "")
              + "}'.");
    }
  }

  private void classes() {
    List<ClassSummary> tiny = found.tiny();
    if (!tiny.isEmpty()) {
      String names =
          tiny.stream().limit(NAMED).map(ClassSummary::name).collect(Collectors.joining(", "));
      String rest = tiny.size() > NAMED ? ", ..." : "";
      add(
          "Collect more images of "
              + names
              + rest
              + ", or merge or leave out such classes: of fewer than "
              + FolderInspection.FEWEST
              + " images nothing reliable can be learned or measured.");
    }
  }

  private void splits() {
    boolean val = found.images().containsKey(FolderScan.VAL);
    boolean test = found.images().containsKey(FolderScan.TEST);
    if (!val && !test) {
      add(
          "Hold out a part of every class in a folder test/ beside train/, and do not look at it"
              + " until the end. Until then a fifth of every class is held out for comparison.");
    } else if (!test) {
      add(
          "There is no test/: figures on val/, on which the choice between methods is made, are"
              + " somewhat too good.");
    }
    String evaluated = test ? FolderScan.TEST : FolderScan.VAL;
    List<String> missing =
        found.images().containsKey(evaluated)
            ? found.classes().stream()
                .filter(one -> one.images().get(evaluated) == 0)
                .map(ClassSummary::name)
                .toList()
            : List.of();
    if (!missing.isEmpty()) {
      add(
          "Put images of "
              + missing.stream().limit(NAMED).collect(Collectors.joining(", "))
              + (missing.size() > NAMED ? ", ..." : "")
              + " into "
              + evaluated
              + "/: without any, balanced accuracy leaves these classes out.");
    }
  }

  private void method() {
    double factor = found.imbalanceFactor().orElse(1);
    if (factor < BALANCED) {
      add("The classes are nearly balanced: plain softmax with cross-entropy will do.");
    } else {
      boolean few = found.classes().stream().anyMatch(one -> one.group() == ShotGroup.FEW);
      add(
          String.format(
              Locale.ROOT,
              "Classes differ %.0f-fold: compare softmax with Balanced Softmax (loss: {type:"
                  + " balanced-softmax})%s by balanced accuracy. 'equipoise train --data %s --out"
                  + " MODEL' does so%s.",
              factor,
              few ? " and cRT (method: {type: crt})" : "",
              found.folder(),
              few ? " with the first two" : ""));
    }
    long images = found.classes().stream().mapToLong(found::trainable).sum();
    if (images < SMALL) {
      add(
          "With "
              + counted(images, "image", "images")
              + " to train on, a new head on a network that has seen many (train --backbone"
              + " mobilenet-v2 --weights FILE) will likely beat a network trained from scratch.");
    }
  }

  private void add(String suggestion) {
    suggestions.add(suggestion);
  }

  private static String counted(long count, String one, String many) {
    return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many);
  }
}
