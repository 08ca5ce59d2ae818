package org.equipoise.experiments.training.optimizer;

import java.util.Objects;
import org.equipoise.api.Described;
import org.equipoise.api.training.BoundOptimizer;
import org.equipoise.api.training.OptimizerSpec;

/**
 * Sharpness-aware minimisation around another rule: it is given the gradient at the worst place
 * nearby.
 *
 * <p>Each step takes two gradients on one batch, and so about twice the time: one at the weights w,
 * which tells where the loss rises most within a distance of {@code rho}, and one there, by which
 * {@code base} then changes w. The distance is over all trained parameters together. Between the
 * two:
 *
 * <ul>
 *   <li>Dropout and whatever else is random draws the same both times.
 *   <li>Running statistics of normalisations keep what the pass at w made of them; the other pass
 *       leaves no trace in them. The authors' code does the same.
 *   <li>The training loss that is reported, what a stateful loss advances by and what a learned
 *       sampler sees are those at w.
 *   <li>Weight decay is the base rule's, at w: the worst place is one of the training loss alone.
 *   <li>Gradients are clipped after the second pass.
 * </ul>
 *
 * @param rho the distance, &gt; 0
 * @param base the rule that changes the weights, with the base learning rate; not sam itself
 * @see <a href="https://arxiv.org/abs/2010.01412">Foret et al. 2021, Sharpness-Aware Minimization
 *     for Efficiently Improving Generalization, equations 2 and 3</a>
 */
@Described(
    summary =
        "Sharpness-aware minimisation: another rule, by the gradient at the worst place near.",
    formula = "e = rho g / ||g||_2, g = grad L(w); base rule at w with grad L(w + e)",
    source = "Foret et al. 2021, equations 2 and 3 with p = 2; rho 0.05",
    differs =
        "The authors' code has the L2 penalty in the loss, so that it takes part in both gradients,"
            + " reports the loss at w + e, and has a worst place for each device's share of a batch.")
public record Sam(double rho, OptimizerSpec base) implements OptimizerSpec {

  /** A distance of 0.05 around {@link Sgd} with its defaults. */
  public Sam() {
    this(0.05, new Sgd());
  }

  /** Checks the ranges. */
  public Sam {
    Ranges.requirePositive("rho", rho);
    Objects.requireNonNull(base, "base");
    if (base instanceof Sam) {
      throw new IllegalArgumentException("base: expected a rule of one gradient a step, is sam");
    }
  }

  /** Returns the base learning rate of the base rule. */
  @Override
  public double learningRate() {
    return base.learningRate();
  }

  @Override
  public BoundOptimizer start() {
    return new WorstNearby(rho, base.start());
  }

  @Override
  public OptimizerSpec withLearningRate(double other) {
    return new Sam(rho, base.withLearningRate(other));
  }
}
