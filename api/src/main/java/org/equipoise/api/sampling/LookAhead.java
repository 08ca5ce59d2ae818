package org.equipoise.api.sampling;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.equipoise.api.training.SgdStep;

/**
 * The coming step of training as a learned sampler may try it out: what would the classifier become
 * if these examples counted more or less, and how would it then do on others?
 *
 * <p>Only a linear classifier that moves by {@link SgdStep} can be looked ahead with. Training
 * checks that before the first step for a sampler that {@linkplain SamplerSpec#looksAhead looks
 * ahead}; for others these methods may throw. Gradient clipping and a moving average of the weights
 * are no part of the step that is tried. All arrays are detached from any gradient and closed with
 * the step.
 */
public interface LookAhead {

  /**
   * Returns the linear classifier and how the coming step moves it.
   *
   * @return rows and bias before the step
   */
  Classifier classifier();

  /**
   * Returns the gradient of the objective by the classifier, as the coming step is going to use it:
   * all examples of the batch weigh 1.
   *
   * @return the gradient by rows and bias; may be the optimizer's own arrays, so never mutated
   */
  Gradient gradient();

  /**
   * Returns the gradient of the objective by the logits of each example of the batch.
   *
   * @return (N, C), the reduction included: the rows of a mean are 1/N of those of the loss
   */
  NDArray logitGradient();

  /**
   * Computes features under the network as it is, in inference mode.
   *
   * @param split whose examples; of the validation split only where the sampler's spec {@linkplain
   *     SamplerSpec#looksAtValidation says so}
   * @param examples indices into the split, length M; augmented as training is, from streams of
   *     their own that belong to the step, so that a second call gives the same
   * @return features and labels, in this order
   */
  Labelled features(Split split, int[] examples);

  /** Which examples a classifier is judged on. */
  enum Split {
    /** Those that are trained on. */
    TRAIN,
    /** Those that are held out from training and test. */
    VALIDATION
  }

  /**
   * A linear classifier before a step: logits are {@code <W_j, f> + b_j}.
   *
   * @param rows how W moves, (C, D)
   * @param bias how b moves, (C), if it has one
   */
  record Classifier(SgdStep rows, Optional<SgdStep> bias) {}

  /**
   * A gradient by a linear classifier.
   *
   * @param rows by W, (C, D)
   * @param bias by b, (C), if it has one
   */
  record Gradient(NDArray rows, Optional<NDArray> bias) {}

  /**
   * Features with labels.
   *
   * @param features (M, D)
   * @param labels class ids, (M), int64
   */
  record Labelled(NDArray features, NDArray labels) {}
}
