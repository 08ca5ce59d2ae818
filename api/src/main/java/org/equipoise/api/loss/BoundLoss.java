package org.equipoise.api.loss;

import org.equipoise.api.Explanation;

/**
 * A loss bound to train statistics: a function on tensors.
 *
 * <p>The type says how it may be used: {@link PerExampleLoss} gives one value per example, {@link
 * BatchLoss} couples the examples of a batch, {@link StatefulLoss} keeps running state.
 */
public sealed interface BoundLoss permits PerExampleLoss, BatchLoss, StatefulLoss {

  /**
   * Says what the loss does to one class.
   *
   * @param classId the class, 0-based
   * @return words and numbers
   */
  Explanation explain(int classId);
}
