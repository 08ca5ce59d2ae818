package org.equipoise.api.loss;

import ai.djl.ndarray.NDArray;

/** The labels of a batch of N examples, in one of the forms that losses know. */
public sealed interface Targets {

  /**
   * One class an example.
   *
   * @param ids class ids in [0, C), (N), int64
   */
  record ClassIds(NDArray ids) implements Targets {}

  /**
   * Any number of classes an example.
   *
   * @param values 1 where the example has the class, else 0, (N, C), dtype of the logits
   */
  record MultiHot(NDArray values) implements Targets {}

  /**
   * A distribution over the classes for each example.
   *
   * @param probabilities rows that sum to 1, (N, C), dtype of the logits
   */
  record Soft(NDArray probabilities) implements Targets {}

  /**
   * Two labels an example, as mixing methods make them: the loss is the mixture of the two losses.
   *
   * @param a the first labels
   * @param b the second labels
   * @param share the share of the first, of the whole batch or of each example
   */
  record Mixed(Targets a, Targets b, MixShare share) implements Targets {

    /**
     * Mixes all examples of a batch alike.
     *
     * @param a the first labels
     * @param b the second labels
     * @param lambda the share of the first, in [0, 1]
     */
    public Mixed(Targets a, Targets b, double lambda) {
      this(a, b, new MixShare.OfBatch(lambda));
    }
  }

  /**
   * One class, or background, for each region of a detector.
   *
   * @param ids ids in [0, C]; C means background; (N), int64
   * @param classes the number of foreground classes C
   */
  record Regions(NDArray ids, int classes) implements Targets {}
}
