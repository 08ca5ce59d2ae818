package org.equipoise.evaluation.bounds;

/** Where the features under a head come from, which decides whether a bound is a guarantee. */
public enum FeatureOrigin {
  /** From a network that never saw the training examples: the examples are independent of it. */
  OTHER_IMAGES,
  /**
   * From a network that was trained on the same examples. The features depend on them then, and a
   * bound over linear heads alone guarantees nothing.
   */
  SAME_IMAGES
}
