package org.equipoise.api.data;

import ai.djl.ndarray.types.Shape;

/** One split of a data set: examples that are drawn by index. */
public sealed interface Examples permits Images, FeatureExamples {

  /**
   * Returns the number of examples N.
   *
   * @return N
   */
  int size();

  /**
   * Returns the label of each example.
   *
   * @return a new array, length N
   */
  int[] labels();

  /**
   * Returns the shape of one input, as backbones are built for.
   *
   * @return the shape without the batch axis: (C, H, W) of images, (D) of features
   */
  Shape inputShape();
}
