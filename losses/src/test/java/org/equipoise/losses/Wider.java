package org.equipoise.losses;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import java.util.SplittableRandom;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.tensor.Scalars;

/** Inputs of detector heads with more than class logits, made from class logits alone. */
final class Wider {

  private static final int[] CLASS_AXIS = {1};

  private Wider() {}

  /** Adds columns that do not depend on the order of the classes, unless they are there. */
  static NDArray withMeans(NDArray logits, int classes, int columns) {
    NDArray wider = logits;
    for (int i = (int) logits.getShape().get(1) - classes; i < columns; i++) {
      wider = wider.concat(Scalars.times(logits.mean(CLASS_AXIS, true), i + 0.5), 1);
    }
    return wider;
  }

  /** Adds objectness logits that do not depend on the order of the classes. */
  static LossInput withObjectness(NDArray logits, Targets targets) {
    NDArray foreground = logits.max(CLASS_AXIS, true);
    return new LossInput(
        logits,
        targets,
        Optional.of(foreground.concat(Scalars.times(foreground.neg(), 0.3), 1)),
        Optional.empty(),
        Optional.empty(),
        new SplittableRandom(0));
  }
}
