package org.equipoise.evaluation.classification;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * The scores of all examples seen, and their labels: what ranking metrics need.
 *
 * <p>Immutable. Keeps N x K floats, as much as the logits themselves.
 */
public final class ScoredLabels {

  /** One class's log-probabilities after the other; never written to once it is in a list. */
  private record Chunk(float[] scores, int[] labels) {}

  private final int classes;
  private final List<Chunk> chunks;

  private ScoredLabels(int classes, List<Chunk> chunks) {
    this.classes = classes;
    this.chunks = chunks;
  }

  static ScoredLabels empty(int classes) {
    return new ScoredLabels(classes, List.of());
  }

  ScoredLabels plus(ProbabilityRows rows) {
    ClassAgreement.require("scores", classes, rows.classes());
    float[] scores = new float[Math.multiplyExact(rows.size(), classes)];
    int[] labels = new int[rows.size()];
    double[] row = new double[classes];
    for (int i = 0; i < labels.length; i++) {
      rows.read(i, row);
      labels[i] = rows.label(i);
      for (int c = 0; c < classes; c++) {
        // The order is that of the probabilities, but as floats those near 1 would all be equal.
        scores[c * labels.length + i] = (float) Math.log(row[c]);
      }
    }
    return new ScoredLabels(
        classes, Stream.concat(chunks.stream(), Stream.of(new Chunk(scores, labels))).toList());
  }

  ScoredLabels plus(ScoredLabels other) {
    ClassAgreement.require("scores", classes, other.classes);
    return new ScoredLabels(
        classes, Stream.concat(chunks.stream(), other.chunks.stream()).toList());
  }

  /**
   * Returns the number of classes K.
   *
   * @return K &gt;= 1
   */
  public int classes() {
    return classes;
  }

  /**
   * Returns the probability that an example of a class scores higher for it than another example,
   * where an equal score is half a success.
   *
   * @param classId the class, 0-based
   * @return the area under the class's ROC curve in [0, 1]; empty if no example or every example
   *     has the class
   */
  public OptionalDouble areaUnderRoc(int classId) {
    float[] positives = scores(classId, true);
    float[] negatives = scores(classId, false);
    if (positives.length == 0 || negatives.length == 0) {
      return OptionalDouble.empty();
    }
    Arrays.sort(positives);
    Arrays.sort(negatives);
    long halves = 0;
    int below = 0;
    int notAbove = 0;
    for (float score : positives) {
      while (below < negatives.length && negatives[below] < score) {
        below++;
      }
      notAbove = Math.max(notAbove, below);
      while (notAbove < negatives.length && negatives[notAbove] <= score) {
        notAbove++;
      }
      halves += below + notAbove;
    }
    return OptionalDouble.of(halves / 2.0 / positives.length / negatives.length);
  }

  private float[] scores(int classId, boolean ofTheClass) {
    int size =
        chunks.stream()
            .mapToInt(
                chunk ->
                    (int)
                        Arrays.stream(chunk.labels())
                            .filter(label -> (label == classId) == ofTheClass)
                            .count())
            .sum();
    float[] found = new float[size];
    int at = 0;
    for (Chunk chunk : chunks) {
      int start = classId * chunk.labels().length;
      for (int i = 0; i < chunk.labels().length; i++) {
        if ((chunk.labels()[i] == classId) == ofTheClass) {
          found[at++] = chunk.scores()[start + i];
        }
      }
    }
    return found;
  }
}
