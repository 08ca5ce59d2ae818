package org.equipoise.losses;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.model.ModelOutputs;
import org.equipoise.api.tensor.Scalars;

/** Inputs with features and a teacher, for the contracts of losses that need them. */
final class Teachers {

  private Teachers() {}

  /**
   * Returns an input whose features follow from the logits, whatever the order of the classes, and
   * whose teacher follows from the labels, so that all of it may be reordered.
   */
  static LossInput input(NDArray logits, Targets targets) {
    NDArray ids = ((Targets.ClassIds) (targets instanceof Targets.Mixed m ? m.a() : targets)).ids();
    int[] classes = {1};
    NDArray features =
        NDArrays.stack(
            new NDList(
                logits.sum(classes),
                Scalars.times(logits, 0.7).cos().sum(classes),
                logits.square().sum(classes)),
            1);
    NDArray direction = logits.getManager().create(new double[] {0.5, -2, 1}, new Shape(1, 3));
    NDArray taught = direction.repeat(0, ids.getShape().get(0)).toType(logits.getDataType(), false);
    NDArray taughtLogits =
        ids.oneHot((int) logits.getShape().get(1), logits.getDataType()).mul(3).sub(1);
    return with(
        logits,
        targets,
        features,
        new ModelOutputs(Optional.empty(), taught, taughtLogits, Map.of()));
  }

  static LossInput with(NDArray logits, Targets targets, NDArray features, ModelOutputs teacher) {
    return new LossInput(
        logits,
        targets,
        Optional.empty(),
        Optional.of(features),
        Optional.of(teacher),
        new SplittableRandom(0));
  }
}
