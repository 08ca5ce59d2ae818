package org.equipoise.api.loss;

import java.util.Optional;
import java.util.Set;
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

  /**
   * Returns what the loss adds to the logits of all examples in training, before softmax or
   * sigmoid, to correct a class prior.
   *
   * <p>Plans are checked with it: another part that corrects the same prior would do so again. What
   * is equal for all classes corrects nothing. A loss that shifts by class counts and does not say
   * so is not warned about.
   *
   * @return one number a class, in nats; empty if the loss shifts nothing
   */
  default Optional<ClassVector> logitShift() {
    return Optional.empty();
  }

  /**
   * Returns what the loss multiplies all logits by, as one that wants cosines does. Plans are
   * checked with it: a head may have scaled already.
   *
   * @return a factor &gt; 0, the same for all classes; 1 unless overridden
   */
  default double logitScale() {
    return 1;
  }

  /**
   * Returns what the loss must be given beside what every stage of a method has: a plan refuses a
   * loss that needs anything, before it trains.
   *
   * @return what it cannot do without; empty unless overridden
   */
  default Set<LossNeed> needs() {
    return Set.of();
  }
}
