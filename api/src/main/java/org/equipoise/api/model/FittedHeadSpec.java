package org.equipoise.api.model;

import java.util.Map;

/**
 * A kind of head whose weights are computed from the features of the train split, by no gradient.
 *
 * <p>It is fitted in a stage that trains nothing; a stage that trains is refused with such a head.
 */
public interface FittedHeadSpec extends HeadSpec {

  /**
   * Computes the weights.
   *
   * @param train the features of the train split
   * @return the values of parameters of the built head's block, row-major, by name; parameters
   *     without values stay as they were initialised or taken over
   * @throws IllegalArgumentException if they cannot be computed from such a split
   */
  Map<String, float[]> fit(LabelledFeatures train);
}
