package org.equipoise.api.model;

import java.util.OptionalDouble;
import org.equipoise.api.Named;

/** A kind of classifier head: from features to logits. */
public interface HeadSpec extends Named {

  /**
   * Builds the head, not yet initialised.
   *
   * @param features the shape of the features it receives
   * @param classes the number of classes C
   * @return a new head
   */
  ClassifierHead build(FeatureShape features, int classes);

  /**
   * Says whether heads of this kind are the linear classifier: the logits are {@code <W_j, f> +
   * b_j} of the pooled features, and rows and bias are all that training changes.
   *
   * @return false unless overridden; what tries out a step of the classifier needs true
   */
  default boolean linear() {
    return false;
  }

  /**
   * Returns the fixed factor between cosines and logits, for a head whose logits are cosines times
   * it, and so within &plusmn; that factor. Plans are checked with it: a loss may scale again, or
   * shift such logits by more than they can make up for.
   *
   * @return a factor &gt; 0, 1 for plain cosines; empty unless overridden, for logits without
   *     bounds
   */
  default OptionalDouble cosineScale() {
    return OptionalDouble.empty();
  }
}
