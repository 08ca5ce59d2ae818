package org.equipoise.experiments.data.folders;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which class id a label of a train list stands for. */
final class ClassIds {

  private final Map<String, Integer> ids = new HashMap<>();
  private final List<String> names = new ArrayList<>();

  /**
   * Numbers the labels of a train list.
   *
   * @param file the list, for messages
   * @param train what it says
   * @throws IOException if the labels are class ids with a gap between them, or fewer than two
   */
  ClassIds(Path file, ListedFile train) throws IOException {
    Set<String> labels = new HashSet<>(train.labels());
    boolean numbers = labels.stream().allMatch(label -> label.matches("0|[1-9][0-9]{0,17}"));
    List<String> ordered =
        labels.stream()
            .sorted(numbers ? Comparator.comparingLong(Long::parseLong) : Comparator.naturalOrder())
            .toList();
    if (ordered.size() < 2) {
      throw new IOException(
          file + ": " + ordered.size() + " classes to train on; expected at least 2");
    }
    for (int c = 0; c < ordered.size(); c++) {
      String label = ordered.get(c);
      if (numbers && train.classNames().isEmpty() && Long.parseLong(label) != c) {
        throw new IOException(
            file
                + ": class "
                + c
                + " has no image to train on, but class "
                + label
                + " has; expected class ids 0..K-1");
      }
      ids.put(label, c);
      names.add(train.classNames().getOrDefault(label, label));
    }
  }

  List<String> names() {
    return List.copyOf(names);
  }

  /** Numbers the labels of a list. */
  ListedImages number(Path file, ListedFile listed) throws IOException {
    int[] numbered = new int[listed.labels().size()];
    Complaints complaints = new Complaints();
    for (int i = 0; i < numbered.length; i++) {
      Integer id = ids.get(listed.labels().get(i));
      if (id == null) {
        complaints.add(
            listed.names().get(i)
                + ": class "
                + listed.labels().get(i)
                + " has no image to train on: nothing could learn it");
      } else {
        numbered[i] = id;
      }
    }
    complaints.throwIfAny(file);
    return new ListedImages(listed.names(), numbered);
  }
}
