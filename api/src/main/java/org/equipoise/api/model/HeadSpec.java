package org.equipoise.api.model;

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
}
