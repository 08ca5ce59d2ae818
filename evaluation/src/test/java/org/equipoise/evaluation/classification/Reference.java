package org.equipoise.evaluation.classification;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.equipoise.api.metric.Predictions;

/**
 * The metrics again, straight from their definitions: classes are sorted, a full confusion matrix
 * is kept, and no code is shared with what is tested.
 */
final class Reference {

  private final int classes;
  private final List<List<Integer>> ranking = new ArrayList<>();
  private final int[] labels;
  final long[][] confusion;

  Reference(Predictions predictions) {
    classes = predictions.classes();
    labels = predictions.labels();
    confusion = new long[classes][classes];
    for (int i = 0; i < labels.length; i++) {
      int row = i * classes;
      ranking.add(
          IntStream.range(0, classes)
              .boxed()
              .sorted(
                  Comparator.<Integer>comparingDouble(c -> -predictions.logits()[row + c])
                      .thenComparing(Comparator.naturalOrder()))
              .toList());
      confusion[labels[i]][ranking.get(i).get(0)]++;
    }
  }

  double topK(int k) {
    int hits = 0;
    for (int i = 0; i < labels.length; i++) {
      if (ranking.get(i).subList(0, Math.min(k, classes)).contains(labels[i])) {
        hits++;
      }
    }
    return (double) hits / labels.length;
  }

  long support(int c) {
    long sum = 0;
    for (int p = 0; p < classes; p++) {
      sum += confusion[c][p];
    }
    return sum;
  }

  long predicted(int c) {
    long sum = 0;
    for (int t = 0; t < classes; t++) {
      sum += confusion[t][c];
    }
    return sum;
  }

  OptionalDouble recall(int c) {
    return support(c) == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) confusion[c][c] / support(c));
  }

  OptionalDouble precision(int c) {
    return predicted(c) == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) confusion[c][c] / predicted(c));
  }

  OptionalDouble meanRecall(IntPredicate chosen) {
    double sum = 0;
    int n = 0;
    for (int c = 0; c < classes; c++) {
      if (chosen.test(c) && support(c) > 0) {
        sum += recall(c).orElseThrow();
        n++;
      }
    }
    return n == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / n);
  }
}
