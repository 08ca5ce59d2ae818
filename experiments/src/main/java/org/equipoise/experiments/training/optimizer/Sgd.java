package org.equipoise.experiments.training.optimizer;

import org.equipoise.api.Described;
import org.equipoise.api.training.BoundOptimizer;
import org.equipoise.api.training.OptimizerSpec;

/**
 * Stochastic gradient descent with momentum, as PyTorch defines it.
 *
 * <p>The momentum buffer is in units of the gradient, so a change of the learning rate takes effect
 * at once; after the first step it is the (decayed) gradient itself. Unless told otherwise, weight
 * decay applies to every parameter, biases and normalisation included, as the field's recipes do.
 *
 * @param learningRate the base learning rate, &gt; 0
 * @param momentum the share of the buffer that is kept, in [0, 1)
 * @param weightDecay the L2 penalty's factor, &gt;= 0
 * @param nesterov whether the step looks ahead; needs momentum
 * @param decayBiasAndNorm whether biases and the scales and shifts of normalisations are decayed
 *     too
 * @see <a href="https://proceedings.mlr.press/v28/sutskever13.html">Sutskever et al. 2013, On the
 *     Importance of Initialization and Momentum in Deep Learning</a>
 */
@Described(
    summary = "Stochastic gradient descent with momentum and weight decay, as in PyTorch.",
    formula =
        "d = g + weightDecay w; b = momentum b + d (at first b = d); w = w - lr b, or with nesterov"
            + " w - lr (d + momentum b)",
    source = "Sutskever et al. 2013, with PyTorch's torch.optim.SGD for the order of operations",
    differs =
        "DJL's and Sutskever's own form keep the learning rate inside the buffer, which differs"
            + " once it changes.")
public record Sgd(
    double learningRate,
    double momentum,
    double weightDecay,
    boolean nesterov,
    boolean decayBiasAndNorm)
    implements OptimizerSpec {

  /** Learning rate 0.1, momentum 0.9, weight decay 5e-4 on all parameters, no Nesterov. */
  public Sgd() {
    this(0.1, 0.9, 5e-4, false, true);
  }

  /** Checks the ranges. */
  public Sgd {
    Ranges.requirePositive("learningRate", learningRate);
    Ranges.requireShare("momentum", momentum);
    Ranges.requireNotNegative("weightDecay", weightDecay);
    if (nesterov && momentum == 0) {
      throw new IllegalArgumentException("nesterov: needs momentum > 0, is " + momentum);
    }
  }

  @Override
  public BoundOptimizer start() {
    return new MomentumSgd(this);
  }

  @Override
  public OptimizerSpec withLearningRate(double other) {
    return new Sgd(other, momentum, weightDecay, nesterov, decayBiasAndNorm);
  }
}
