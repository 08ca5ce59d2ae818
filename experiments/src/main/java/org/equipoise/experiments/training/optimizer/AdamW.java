package org.equipoise.experiments.training.optimizer;

import org.equipoise.api.Described;
import org.equipoise.api.training.BoundOptimizer;
import org.equipoise.api.training.OptimizerSpec;

/**
 * Adam with decoupled weight decay, as PyTorch defines it: the weight itself shrinks, by a share
 * that the learning rate scales, and the averages see the loss's gradient alone.
 *
 * @param learningRate the base learning rate, &gt; 0
 * @param beta1 the share that the average of gradients keeps, in [0, 1)
 * @param beta2 the share that the average of squared gradients keeps, in [0, 1)
 * @param epsilon what keeps the divisor from zero, &gt; 0; added after the root of the
 *     bias-corrected average
 * @param weightDecay the share of the weight that a step at learning rate 1 would take away, &gt;=
 *     0
 * @param decayBiasAndNorm whether biases and the scales and shifts of normalisations are decayed
 *     too
 * @see <a href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter 2019, Decoupled Weight
 *     Decay Regularization, algorithm 2</a>
 */
@Described(
    summary = "Adam with weight decay kept out of the averages, as in PyTorch.",
    formula =
        "w = (1 - lr weightDecay) w; m = beta1 m + (1 - beta1) grad; v = beta2 v + (1 - beta2)"
            + " grad^2; w = w - lr (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)",
    source =
        "Loshchilov and Hutter 2019, Decoupled weight decay, algorithm 2, as torch.optim.AdamW",
    differs =
        "The paper scales the decay by the schedule's factor alone, PyTorch by the whole learning"
            + " rate.")
public record AdamW(
    double learningRate,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay,
    boolean decayBiasAndNorm)
    implements OptimizerSpec {

  /** Learning rate 1e-3, averages 0.9 and 0.999, epsilon 1e-8, weight decay 1e-2. */
  public AdamW() {
    this(1e-3, 0.9, 0.999, 1e-8, 1e-2, true);
  }

  /** Checks the ranges. */
  public AdamW {
    Ranges.requirePositive("learningRate", learningRate);
    Ranges.requireShare("beta1", beta1);
    Ranges.requireShare("beta2", beta2);
    Ranges.requirePositive("epsilon", epsilon);
    Ranges.requireNotNegative("weightDecay", weightDecay);
  }

  /** One word, as everybody writes it. */
  @Override
  public String typeName() {
    return "adamw";
  }

  @Override
  public BoundOptimizer start() {
    WeightDecay decay = new WeightDecay(weightDecay, decayBiasAndNorm);
    return new Moments(new Moments.Rule(typeName(), beta1, beta2, epsilon, decay, true));
  }

  @Override
  public OptimizerSpec withLearningRate(double other) {
    return new AdamW(other, beta1, beta2, epsilon, weightDecay, decayBiasAndNorm);
  }
}
