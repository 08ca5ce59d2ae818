package org.equipoise.methods.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.equipoise.api.Described;
import org.equipoise.api.model.ClassifierHead;
import org.equipoise.api.model.FeatureShape;
import org.equipoise.api.model.HeadSpec;
import org.equipoise.api.tensor.Scalars;

/**
 * The tau-normalised classifier: rows of an earlier stage, each divided by a power of its length.
 *
 * <p>Nothing in it is trained: it takes over rows from an earlier stage ({@code
 * HeadStart.KEEP_ROWS}) and drops the bias. So {@code tau} = 0 is the linear classifier without its
 * bias, not the classifier of that stage; {@code tau} = 1 makes all rows unit vectors.
 *
 * <p>A row of zeros stays a row of zeros, for every {@code tau}: it has no direction that could be
 * kept, and 0/0 would make every prediction a NaN. Its class has the logit 0, as it had before.
 *
 * <p>The rows that can be read are those before normalisation.
 *
 * @param tau the power, finite and &gt;= 0; default 1. The paper publishes no single value: it
 *     chooses tau on a validation set, from 0 to 2 in steps of 0.1, and as the stage has no
 *     training such a sweep costs next to nothing
 * @see <a href="https://arxiv.org/abs/1910.09217">Kang et al. 2020, Decoupling Representation and
 *     Classifier for Long-Tailed Recognition, section 4, "tau-normalized classifier"</a>
 */
@Described(
    summary = "A linear classifier whose rows are divided by a power of their length.",
    formula = "z_j = <W_j / |W_j|^tau, f>; a row of zeros stays one; no bias",
    source = "Kang et al. 2020, section 4, tau-normalized classifier",
    differs =
        "Released code divides a row of zeros by zero. There is no published default: the paper"
            + " chooses tau on validation data.")
public record TauNorm(double tau) implements HeadSpec {

  /** Unit rows: tau 1. */
  public TauNorm() {
    this(1);
  }

  /** Checks the range. */
  public TauNorm {
    if (!(tau >= 0 && Double.isFinite(tau))) {
      throw new IllegalArgumentException("tau: must be finite and >= 0, was " + tau);
    }
  }

  @Override
  public ClassifierHead build(FeatureShape features, int classes) {
    return new NormalisedBlock(features.width(), classes, tau).asHead();
  }

  /**
   * Divides rows by a power of their length.
   *
   * @param rows (C, D)
   * @return (C, D), in the manager {@code into}
   */
  static NDArray normalised(NDArray rows, double tau, NDManager into) {
    NDArray length = rows.norm(new int[] {1}, true);
    // Born in the model's manager, where it would outlive the step.
    length.attach(into);
    // Dividing by 1 where the length is 0 keeps such a row as it is.
    NDArray zero = length.eq(0).toType(rows.getDataType(), false);
    NDArray normalised = rows.div(Scalars.power(length.add(zero), tau));
    normalised.attach(into);
    return normalised;
  }

  private static final class NormalisedBlock extends ClassifierBlock {

    private final double tau;

    NormalisedBlock(long width, int classes, double tau) {
      super(width, classes, Linear.uniform(width), Rows.FROZEN);
      this.tau = tau;
    }

    @Override
    NDArray logits(NDArray features, Values values) {
      NDArray rows = normalised(rows(values), tau, features.getManager());
      return ai.djl.nn.core.Linear.linear(features, rows).head();
    }
  }
}
