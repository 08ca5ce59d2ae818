package org.equipoise.evaluation.detection;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** Distinct ids in ascending order, and the place of each. Immutable. */
final class Ids {

  private static final int ABSENT = -1;

  /** A table may be so many times as long as the list of ids. */
  private static final int SPARSENESS = 8;

  private final long[] ascending;
  private final int[] table;

  private Ids(long[] ascending) {
    this.ascending = ascending;
    this.table = table(ascending);
  }

  /**
   * Sorts ids.
   *
   * @throws IllegalArgumentException if one is there twice
   */
  static Ids of(String what, long[] ids) {
    long[] ascending = ids.clone();
    Arrays.sort(ascending);
    duplicate(ascending)
        .ifPresent(
            id -> {
              throw new IllegalArgumentException(what + ": id " + id + " is there twice");
            });
    return new Ids(ascending);
  }

  static OptionalLong duplicate(long[] ascending) {
    for (int i = 1; i < ascending.length; i++) {
      if (ascending[i] == ascending[i - 1]) {
        return OptionalLong.of(ascending[i]);
      }
    }
    return OptionalLong.empty();
  }

  private static int[] table(long[] ascending) {
    int count = ascending.length;
    if (count == 0 || ascending[0] < 0 || ascending[count - 1] >= (long) SPARSENESS * count) {
      return new int[0];
    }
    int[] table = new int[(int) ascending[count - 1] + 1];
    Arrays.fill(table, ABSENT);
    for (int i = 0; i < count; i++) {
      table[(int) ascending[i]] = i;
    }
    return table;
  }

  int size() {
    return ascending.length;
  }

  long get(int index) {
    return ascending[index];
  }

  /** Returns the place of an id, negative if it is not there. */
  int indexOf(long id) {
    if (table.length > 0) {
      return id >= 0 && id < table.length ? table[(int) id] : ABSENT;
    }
    return Arrays.binarySearch(ascending, id);
  }

  /** Returns the ids, ascending. */
  LongStream stream() {
    return Arrays.stream(ascending);
  }
}
