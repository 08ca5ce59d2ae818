package org.equipoise.samplers;

/**
 * The numbers of Adam.
 *
 * @param learningRate &gt; 0
 * @param beta1 the share that the average of gradients keeps, in [0, 1)
 * @param beta2 the share that the average of squares keeps, in [0, 1)
 * @param epsilon added to the root of the corrected average of squares, &gt; 0
 */
record AdamRule(double learningRate, double beta1, double beta2, double epsilon) {

  /** PyTorch's defaults, which the released code leaves as they are. */
  AdamRule(double learningRate) {
    this(learningRate, 0.9, 0.999, 1e-8);
  }
}
