package org.equipoise.evaluation.bounds;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.equipoise.api.stats.ClassCounts;

/**
 * A bound with all its constants on the error of each class, for a linear head on frozen features.
 *
 * <p>This is Equipoise's own, put together from known parts; it is not in the Balanced Meta-Softmax
 * paper, whose bound hides its constants. The derivation is in {@code docs/bounds.md}. For K
 * classes, a head of Frobenius norm at most B, features of norm at most R, and margins gamma_j,
 * with probability at least 1 - delta over the training examples, for all such heads and all
 * classes at once:
 *
 * <pre>
 *   P(loss &gt;= t | class j) &lt;= share of class j's examples with loss &gt; t - gamma_j
 *                              + (4 B R / gamma_j) sqrt(K / n_j)
 *                              + 3 sqrt(log(2 K G / delta) / (2 n_j))
 * </pre>
 *
 * <p>G = 1 if B and the margins were fixed before these examples. What was looked up afterwards
 * (the norm of the trained head, the margin that gives the smallest bound) must be one of a grid
 * that was fixed before: G is the number of pairs of a norm and of margins in the grid. R alone may
 * be measured on the examples.
 *
 * <p>The losses are cross-entropies of the logits, or another function of them that changes by at
 * most sqrt(2) times their Euclidean distance: constant shifts of logits (logit adjustment,
 * Balanced Softmax), label smoothing, and the difference of the largest other logit and the class's
 * own are such; focal losses, sums of sigmoids and logits multiplied by a scale are not, unless the
 * scale is taken into B. With the cross-entropy of the logits that decide and t = log 2, an example
 * that is decided wrongly has loss &gt;= t: the bound is one on the error rate of each class. A
 * head with bias is one on features with a constant 1 appended: B and R then include it.
 *
 * <p>Expect it to be vacuous where classes are small: the middle term alone reaches 1 at n_j = 16 K
 * (B R / gamma_j)^2. The rule of thumb that rare classes need margins in proportion to n_j^(-1/4)
 * ({@link OptimalMargins}) is heuristic.
 *
 * @param weightNorms the candidates for B, &gt; 0 and finite, ascending; fixed before these
 *     examples
 * @param threshold the loss t from which an example counts as wrong, in nats, finite
 * @param delta the probability that the bounds fail, in (0, 1)
 * @param features whether the features were trained on the same examples, which voids the guarantee
 * @see <a href="https://arxiv.org/abs/1605.00251">Maurer 2016, A vector-contraction inequality for
 *     Rademacher complexities, corollary 1</a>
 */
public record LinearHeadBound(
    List<Double> weightNorms, double threshold, double delta, FeatureOrigin features) {

  /**
   * Creates the bound for one norm, with threshold log 2 and delta 0.05.
   *
   * @param weightNorm the largest Frobenius norm B of a head, fixed before these examples
   * @param features whether the features were trained on the same examples
   */
  public LinearHeadBound(double weightNorm, FeatureOrigin features) {
    this(List.of(weightNorm), RelativeMarginTerm.LOG_2, 0.05, features);
  }

  /** Checks the ranges. */
  public LinearHeadBound {
    weightNorms = List.copyOf(weightNorms);
    if (weightNorms.isEmpty()) {
      throw new IllegalArgumentException("weightNorms: at least one is needed");
    }
    double last = 0;
    for (double norm : weightNorms) {
      if (!(norm > last && norm < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "weightNorms: must be > 0, finite and ascending, were " + weightNorms);
      }
      last = norm;
    }
    if (!Double.isFinite(threshold)) {
      throw new IllegalArgumentException("threshold: must be finite, was " + threshold);
    }
    if (!(delta > 0 && delta < 1)) {
      throw new IllegalArgumentException("delta: must be in (0, 1), was " + delta);
    }
  }

  /**
   * Computes the bound of each class.
   *
   * @param losses the losses of the training examples under the head
   * @param weightNorm the head's Frobenius norm; the smallest candidate that is not below it is
   *     used
   * @param featureNorm R, at least the norm of every training example's features, &gt; 0 and finite
   * @param margins candidates fixed before these examples, each of one margin gamma_j a class, in
   *     nats; each class takes the one with the smallest bound. A candidate that is not above 0
   *     bounds nothing for its class
   * @return the bounds; a class without examples, or without a margin above 0, is void
   * @throws IllegalArgumentException if the head's norm is above all candidates, or an argument is
   *     out of range
   */
  public ErrorBounds of(
      TrainLosses losses, double weightNorm, double featureNorm, double[]... margins) {
    requireMargins(losses.classes(), margins);
    if (!(featureNorm > 0 && featureNorm < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("featureNorm: must be > 0 and finite, was " + featureNorm);
    }
    double norm = allowed(weightNorm);
    ClassCounts counts = losses.counts();
    List<Optional<ClassErrorBound>> bounds = new ArrayList<>();
    for (int c = 0; c < losses.classes(); c++) {
      bounds.add(
          counts.count(c) == 0 ? Optional.empty() : best(losses, c, norm * featureNorm, margins));
    }
    return new ErrorBounds(this, counts, bounds);
  }

  private Optional<ClassErrorBound> best(
      TrainLosses losses, int classId, double norms, double[]... margins) {
    double examples = losses.counts().count(classId);
    double classes = losses.classes();
    double pairs = (double) margins.length * weightNorms.size();
    double confidence = 3 * Math.sqrt(Math.log(2 * classes * pairs / delta) / (2 * examples));
    return Arrays.stream(margins)
        .mapToDouble(candidate -> candidate[classId])
        .filter(margin -> margin > 0)
        .mapToObj(
            margin ->
                new ClassErrorBound(
                    margin,
                    losses.shareAbove(classId, threshold - margin).orElseThrow(),
                    4 * norms / margin * Math.sqrt(classes / examples),
                    confidence))
        .min(Comparator.comparingDouble(ClassErrorBound::value));
  }

  private double allowed(double weightNorm) {
    if (!(weightNorm >= 0)) {
      throw new IllegalArgumentException("weightNorm: must be >= 0, was " + weightNorm);
    }
    return weightNorms.stream()
        .filter(norm -> norm >= weightNorm)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "weightNorm: the head's norm "
                        + weightNorm
                        + " is above all candidates "
                        + weightNorms
                        + ", so the bound does not speak of it"));
  }

  private static void requireMargins(int classes, double[]... margins) {
    if (margins.length == 0) {
      throw new IllegalArgumentException("margins: at least one candidate is needed");
    }
    for (int i = 0; i < margins.length; i++) {
      if (margins[i].length != classes) {
        throw new IllegalArgumentException(
            "margins["
                + i
                + "]: expected one for each of "
                + classes
                + " classes, got "
                + margins[i].length);
      }
      for (double margin : margins[i]) {
        if (!Double.isFinite(margin)) {
          throw new IllegalArgumentException("margins[" + i + "]: must be finite, has " + margin);
        }
      }
    }
  }
}
