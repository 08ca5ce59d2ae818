package org.equipoise.api.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;

/** From one weight a class to one weight an example. */
public final class ExampleWeights {

  private ExampleWeights() {}

  /**
   * Returns the weight of each example: that of its class; for soft targets the mean of the class
   * weights under the target; 1 for background regions.
   *
   * @param in the batch
   * @param classWeights one weight a class, (C)
   * @return one weight an example, (N), dtype of {@code classWeights}
   * @throws UnsupportedOperationException for targets without one class an example (multi-hot,
   *     mixed)
   */
  public static NDArray of(LossInput in, NDArray classWeights) {
    Targets targets = in.targets();
    if (targets instanceof Targets.ClassIds hard) {
      return classWeights.gather(hard.ids(), 0);
    }
    if (targets instanceof Targets.Soft soft) {
      return soft.probabilities().mul(classWeights).sum(new int[] {-1});
    }
    if (targets instanceof Targets.Regions regions) {
      NDArray background = classWeights.getManager().ones(new Shape(1), classWeights.getDataType());
      return NDArrays.concat(new NDList(classWeights, background)).gather(regions.ids(), 0);
    }
    throw new UnsupportedOperationException(
        "class weighting: targets of type "
            + targets.getClass().getSimpleName()
            + " have no single class an example to take a weight from");
  }
}
