package org.equipoise.experiments.registry;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds what a misspelt word was meant to be. */
public final class Spelling {

  private Spelling() {}

  /**
   * Returns the word that is nearest to what was written.
   *
   * <p>Near is counted in single letters added, left out, replaced or swapped with a neighbour,
   * ignoring case; a word of which more than a third differs is not near, unless it is a single
   * letter.
   *
   * @param written what was written
   * @param words the words that exist
   * @return the nearest; of equally near ones the first
   */
  public static Optional<String> nearest(String written, Collection<String> words) {
    int least = Math.max(1, written.length() / 3) + 1;
    String best = null;
    for (String word : words) {
      int distance = distance(written.toLowerCase(Locale.ROOT), word.toLowerCase(Locale.ROOT));
      // A word of which every letter would change is no hint.
      if (distance < least && distance < Math.max(written.length(), word.length())) {
        least = distance;
        best = word;
      }
    }
    return Optional.ofNullable(best);
  }

  /**
   * Returns the end of a message about an unknown word.
   *
   * @param written what was written
   * @param words the words that exist
   * @return {@code " Did you mean gamma?"}, or the empty string if nothing is near
   */
  public static String hint(String written, Collection<String> words) {
    return nearest(written, words).map(word -> " Did you mean " + word + "?").orElse("");
  }

  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int changed = d[i - 1][j - 1] + (same ? 0 : 1);
        d[i][j] = Math.min(changed, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
