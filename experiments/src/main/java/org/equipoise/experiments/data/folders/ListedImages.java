package org.equipoise.experiments.data.folders;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Image files and their labels, before any file was looked at.
 *
 * @param names the name of each file below its root, with slashes
 * @param labels the class id of each file; never changed
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; as many as there are images.
public record ListedImages(List<String> names, int[] labels) {

  /** Copies the list and checks the lengths. */
  public ListedImages {
    names = List.copyOf(names);
    if (names.size() != labels.length) {
      throw new IllegalArgumentException(
          "listed images: " + names.size() + " names, but " + labels.length + " labels");
    }
  }

  /**
   * Returns the number of files N.
   *
   * @return N
   */
  public int size() {
    return labels.length;
  }

  /**
   * Returns some of the files.
   *
   * @param chosen which ones, by their place
   * @return new lists, in the same order
   */
  public ListedImages where(IntPredicate chosen) {
    int[] kept = IntStream.range(0, size()).filter(chosen).toArray();
    return new ListedImages(
        IntStream.of(kept).mapToObj(names::get).toList(),
        IntStream.of(kept).map(i -> labels[i]).toArray());
  }
}
