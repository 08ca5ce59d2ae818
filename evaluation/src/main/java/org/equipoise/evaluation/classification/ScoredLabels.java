package org.equipoise.evaluation.classification;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.equipoise.api.metric.MultiLabelPredictions;

/**
 * The scores of all examples seen, and their labels: what ranking metrics need.
 *
 * <p>Immutable. Keeps N x K floats, as much as the logits themselves.
 */
public final class ScoredLabels {

  /** Says which examples of a chunk have a class. */
  @FunctionalInterface
  private interface Membership {
    boolean has(int example, int classId);
  }

  /** One class's scores after the other; never written to once it is in a list. */
  private record Chunk(float[] scores, int size, Membership labels) {}

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
    return plus(new Chunk(scores, labels.length, (i, c) -> labels[i] == c));
  }

  ScoredLabels plus(MultiLabelPredictions batch) {
    ClassAgreement.require("scores", classes, batch.classes());
    int size = batch.size();
    float[] scores = new float[batch.logits().length];
    for (int i = 0; i < size; i++) {
      for (int c = 0; c < classes; c++) {
        scores[c * size + i] = batch.logits()[i * classes + c];
      }
    }
    boolean[] labels = batch.labels().clone();
    return plus(new Chunk(scores, size, (i, c) -> labels[i * classes + c]));
  }

  private ScoredLabels plus(Chunk chunk) {
    return new ScoredLabels(classes, Stream.concat(chunks.stream(), Stream.of(chunk)).toList());
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

  /**
   * Returns the mean over the examples of a class of the precision at their own score: of all
   * examples that score at least as high, the share that has the class.
   *
   * @param classId the class, 0-based
   * @return the average precision in [0, 1]; empty if no example has the class
   */
  public OptionalDouble averagePrecision(int classId) {
    float[] positives = scores(classId, true);
    float[] negatives = scores(classId, false);
    if (positives.length == 0) {
      return OptionalDouble.empty();
    }
    Arrays.sort(positives);
    Arrays.sort(negatives);
    double sum = 0;
    int end = positives.length;
    int firstAbove = negatives.length;
    while (end > 0) {
      float threshold = positives[end - 1];
      int start = end - 1;
      while (start > 0 && positives[start - 1] == threshold) {
        start--;
      }
      while (firstAbove > 0 && negatives[firstAbove - 1] >= threshold) {
        firstAbove--;
      }
      double hits = positives.length - start;
      sum += (end - start) * hits / (hits + negatives.length - firstAbove);
      end = start;
    }
    return OptionalDouble.of(sum / positives.length);
  }

  private float[] scores(int classId, boolean ofTheClass) {
    float[] found = new float[Math.toIntExact(count(classId, ofTheClass))];
    int at = 0;
    for (Chunk chunk : chunks) {
      int start = classId * chunk.size();
      for (int i = 0; i < chunk.size(); i++) {
        if (chunk.labels().has(i, classId) == ofTheClass) {
          found[at++] = chunk.scores()[start + i];
        }
      }
    }
    return found;
  }

  private long count(int classId, boolean ofTheClass) {
    return chunks.stream()
        .mapToLong(
            chunk ->
                IntStream.range(0, chunk.size())
                    .filter(i -> chunk.labels().has(i, classId) == ofTheClass)
                    .count())
        .sum();
  }
}
