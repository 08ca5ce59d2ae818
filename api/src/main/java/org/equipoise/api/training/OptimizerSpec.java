package org.equipoise.api.training;

import org.equipoise.api.Named;

/** A rule by which gradients change weights. */
public interface OptimizerSpec extends Named {

  /**
   * Returns the base learning rate, which a schedule scales.
   *
   * @return a number &gt; 0
   */
  double learningRate();

  /**
   * Starts the rule, without any state yet.
   *
   * @return a new optimizer, for one thread
   */
  BoundOptimizer start();

  /**
   * Returns the same rule with another base learning rate.
   *
   * @param learningRate a number &gt; 0
   * @return a new spec
   */
  OptimizerSpec withLearningRate(double learningRate);
}
