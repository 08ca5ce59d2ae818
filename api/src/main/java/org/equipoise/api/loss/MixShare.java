package org.equipoise.api.loss;

import java.util.Arrays;

/**
 * How much of a mixture's loss is that of the first labels; the rest is that of the second.
 *
 * <p>A closed set, because the two do not mean the same to all losses: one share of a batch mixes
 * two objectives of any kind, a share an example needs a loss with a value for each example.
 */
public sealed interface MixShare {

  /**
   * One share for all examples of a batch.
   *
   * @param lambda the share of the first labels, in [0, 1]
   */
  record OfBatch(double lambda) implements MixShare {

    /** Checks the range. */
    public OfBatch {
      if (!isShare(lambda)) {
        throw new IllegalArgumentException(
            "mixed targets: lambda is " + lambda + "; expected 0..1");
      }
    }
  }

  /**
   * A share of its own for each example.
   *
   * <p>Equal shares are the same mixture as one share of the batch, for losses that take both.
   *
   * @param lambdas the shares of the first labels, (N), each in [0, 1]; copied
   */
  record OfExamples(double... lambdas) implements MixShare {

    /** Copies the shares and checks their range. */
    public OfExamples {
      lambdas = lambdas.clone();
      for (int i = 0; i < lambdas.length; i++) {
        if (!isShare(lambdas[i])) {
          throw new IllegalArgumentException(
              "mixed targets: lambda of example " + i + " is " + lambdas[i] + "; expected 0..1");
        }
      }
    }

    /**
     * Returns the shares.
     *
     * @return a copy, (N)
     */
    @Override
    public double[] lambdas() {
      return lambdas.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof OfExamples that && Arrays.equals(lambdas, that.lambdas);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(lambdas);
    }

    @Override
    public String toString() {
      return "OfExamples" + Arrays.toString(lambdas);
    }
  }

  private static boolean isShare(double lambda) {
    return lambda >= 0 && lambda <= 1;
  }
}
