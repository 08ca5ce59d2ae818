package org.equipoise.evaluation.bounds;

/**
 * The bound on one class's error, in its three parts.
 *
 * @param margin the margin gamma_j it holds for, in nats, &gt; 0; of several candidates the one
 *     with the smallest bound
 * @param share the share of the class's training examples whose loss is above the threshold less
 *     the margin, in [0, 1]
 * @param complexity what the freedom of the head adds, &gt;= 0
 * @param confidence what the chance of an unlucky training set adds, &gt;= 0
 */
public record ClassErrorBound(double margin, double share, double complexity, double confidence) {

  /**
   * Returns the bound.
   *
   * @return the sum of the three parts; above 1 it says nothing, as a probability never is
   */
  public double value() {
    return share + complexity + confidence;
  }

  /**
   * Returns whether the bound says nothing.
   *
   * @return true if it is at least 1
   */
  public boolean vacuous() {
    return value() >= 1;
  }
}
