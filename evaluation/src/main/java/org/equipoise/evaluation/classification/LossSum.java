package org.equipoise.evaluation.classification;

import java.util.OptionalDouble;
import java.util.function.ToDoubleBiFunction;

/**
 * The sum of a loss over some examples. Immutable.
 *
 * @param sum the sum, in the unit of the loss
 * @param examples the number of examples, &gt;= 0
 */
public record LossSum(double sum, long examples) {

  /** Checks the range. */
  public LossSum {
    if (examples < 0) {
      throw new IllegalArgumentException("examples: must be >= 0, is " + examples);
    }
  }

  /** Sums the loss of each row's probabilities and label. */
  static LossSum of(ProbabilityRows rows, ToDoubleBiFunction<double[], Integer> loss) {
    double[] row = new double[rows.classes()];
    double sum = 0;
    for (int i = 0; i < rows.size(); i++) {
      rows.read(i, row);
      sum += loss.applyAsDouble(row, rows.label(i));
    }
    return new LossSum(sum, rows.size());
  }

  /**
   * Adds the sum of other examples.
   *
   * @param other the other sum
   * @return the sums
   */
  public LossSum plus(LossSum other) {
    return new LossSum(sum + other.sum, examples + other.examples);
  }

  /**
   * Returns the mean loss of an example.
   *
   * @return the mean; empty without examples
   */
  public OptionalDouble mean() {
    return examples == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / examples);
  }
}
