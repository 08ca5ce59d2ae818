package org.equipoise.methods.transform;

import java.util.random.RandomGenerator;
import org.equipoise.api.Described;
import org.equipoise.api.data.BatchTransform;
import org.equipoise.api.data.BatchTransform.InputBatch;
import org.equipoise.api.data.BatchTransformSpec;
import org.equipoise.api.loss.MixShare;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.TrainStatistics;

/**
 * Input mixup: each example is mixed with another of the batch, and so is its loss.
 *
 * <p>One share lambda is drawn a batch, and one order of the batch that gives every example its
 * partner (now and then itself). The targets become {@link Targets.Mixed}, so the objective is the
 * mixture of the two losses; for losses linear in the target, such as cross-entropy, that equals
 * the loss of the mixed target.
 *
 * @param alpha the shape of Beta(alpha, alpha) from which lambda is drawn, &gt; 0; default 1, which
 *     is uniform, as in the paper's CIFAR experiments and in long-tailed recipes. Near 0, examples
 *     are hardly mixed
 * @see <a href="https://arxiv.org/abs/1710.09412">Zhang et al. 2018, mixup: Beyond Empirical Risk
 *     Minimization, section 2</a>
 */
@Described(
    summary = "Mixes each example of a batch with another, inputs and losses alike.",
    formula =
        "x = lambda x_a + (1 - lambda) x_b, l = lambda l_a + (1 - lambda) l_b; lambda ~"
            + " Beta(alpha, alpha), one a batch",
    source = "Zhang et al. 2018, section 2",
    differs =
        "The paper draws the partner from a second loader; its released code, and most others, from"
            + " the same batch, as here.")
public record Mixup(double alpha) implements BatchTransformSpec {

  /** Mixup of alpha 1. */
  public Mixup() {
    this(1);
  }

  /** Checks the range. */
  public Mixup {
    Blend.requireShape(alpha);
  }

  @Override
  public BatchTransform bind(TrainStatistics train) {
    return this::apply;
  }

  private InputBatch apply(InputBatch batch, RandomGenerator random) {
    Blend blend = Blend.draw(alpha, batch, random);
    return blend.of(batch, new MixShare.OfBatch(blend.lambda()));
  }
}
