package org.equipoise.api.loss;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.equipoise.api.model.ModelOutputs;

/**
 * What a loss sees of a batch of N examples (or regions).
 *
 * @param logits classifier outputs before any softmax or sigmoid, (N, C), float32 or float64
 * @param targets the labels
 * @param objectness foreground/background logits of a detection head, (N, 2), if it has them
 * @param features pooled features, (N, D), for losses that look at them
 * @param teacher a teacher's outputs for the same batch, for distillation
 * @param random the batch's own random stream, for losses that draw
 */
public record LossInput(
    NDArray logits,
    Targets targets,
    Optional<NDArray> objectness,
    Optional<NDArray> features,
    Optional<ModelOutputs> teacher,
    RandomGenerator random) {

  /**
   * Returns an input of logits and targets alone; the random stream is a fixed one.
   *
   * @param logits (N, C)
   * @param targets the labels
   * @return the input
   */
  public static LossInput of(NDArray logits, Targets targets) {
    return new LossInput(
        logits,
        targets,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new SplittableRandom(0));
  }

  /**
   * Returns this input with other targets.
   *
   * @param other the other targets
   * @return a new input
   */
  public LossInput withTargets(Targets other) {
    return new LossInput(logits, other, objectness, features, teacher, random);
  }

  /**
   * Returns the number of classes C, which is the width of the logits.
   *
   * @return C
   */
  public int classes() {
    return (int) logits.getShape().get(1);
  }
}
