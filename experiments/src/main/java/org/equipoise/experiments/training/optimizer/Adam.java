package org.equipoise.experiments.training.optimizer;

import org.equipoise.api.Described;
import org.equipoise.api.training.BoundOptimizer;
import org.equipoise.api.training.OptimizerSpec;

/**
 * Adam, as PyTorch defines it: weight decay is an L2 penalty, whose gradient is averaged with the
 * loss's own.
 *
 * @param learningRate the base learning rate, &gt; 0
 * @param beta1 the share that the average of gradients keeps, in [0, 1)
 * @param beta2 the share that the average of squared gradients keeps, in [0, 1)
 * @param epsilon what keeps the divisor from zero, &gt; 0; added after the root of the
 *     bias-corrected average
 * @param weightDecay the L2 penalty's factor, &gt;= 0
 * @param decayBiasAndNorm whether biases and the scales and shifts of normalisations are decayed
 *     too
 * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba 2015, Adam: A Method for Stochastic
 *     Optimization, algorithm 1</a>
 */
@Described(
    summary = "Adam: steps by averaged gradients over the root of averaged squares, as in PyTorch.",
    formula =
        "g = grad + weightDecay w; m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g^2;"
            + " w = w - lr (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)",
    source = "Kingma and Ba 2015, algorithm 1, with PyTorch's torch.optim.Adam for weight decay",
    differs = "Without AMSGrad.")
public record Adam(
    double learningRate,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay,
    boolean decayBiasAndNorm)
    implements OptimizerSpec {

  /** Learning rate 1e-3, averages 0.9 and 0.999, epsilon 1e-8, no weight decay. */
  public Adam() {
    this(1e-3, 0.9, 0.999, 1e-8, 0, true);
  }

  /** Checks the ranges. */
  public Adam {
    Ranges.requirePositive("learningRate", learningRate);
    Ranges.requireShare("beta1", beta1);
    Ranges.requireShare("beta2", beta2);
    Ranges.requirePositive("epsilon", epsilon);
    Ranges.requireNotNegative("weightDecay", weightDecay);
  }

  @Override
  public BoundOptimizer start() {
    WeightDecay decay = new WeightDecay(weightDecay, decayBiasAndNorm);
    return new Moments(new Moments.Rule(typeName(), beta1, beta2, epsilon, decay, false));
  }

  @Override
  public OptimizerSpec withLearningRate(double other) {
    return new Adam(other, beta1, beta2, epsilon, weightDecay, decayBiasAndNorm);
  }
}
