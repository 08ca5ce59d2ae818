package org.equipoise.methods.head;

import ai.djl.ndarray.NDArray;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.UniformInitializer;
import org.equipoise.api.Described;
import org.equipoise.api.model.ClassifierHead;
import org.equipoise.api.model.FeatureShape;
import org.equipoise.api.model.HeadSpec;

/**
 * The linear classifier: z = W f + b.
 *
 * <p>Rows and bias start uniform in &plusmn;1/sqrt(D), as those of PyTorch's {@code nn.Linear}
 * (Kaiming uniform with a = sqrt(5)), on which the published recipes rest.
 *
 * @param bias whether there is a bias; default true
 */
@Described(
    summary = "A linear classifier on the pooled features.",
    formula = "z_j = <W_j, f> + b_j",
    source = "Equipoise; initial values as PyTorch's nn.Linear",
    differs =
        "DJL's own linear block starts from normal rows of variance 2/D and a bias of zero; CIFAR"
            + " code of the field often starts from Kaiming-normal rows.")
public record Linear(boolean bias) implements HeadSpec {

  /** A head with bias. */
  public Linear() {
    this(true);
  }

  @Override
  public ClassifierHead build(FeatureShape features, int classes) {
    Initializer uniform = uniform(features.width());
    LinearBlock block =
        bias
            ? new LinearBlock(features.width(), classes, uniform, uniform)
            : new LinearBlock(features.width(), classes, uniform);
    return block.asHead();
  }

  @Override
  public boolean linear() {
    return true;
  }

  /** Draws from +-1/sqrt(D). */
  static Initializer uniform(long width) {
    return new UniformInitializer((float) (1 / Math.sqrt((double) width)));
  }

  private static final class LinearBlock extends ClassifierBlock {

    LinearBlock(long width, int classes, Initializer rows) {
      super(width, classes, rows);
    }

    LinearBlock(long width, int classes, Initializer rows, Initializer offsets) {
      super(width, classes, rows, offsets, Rows.TRAINED);
    }

    @Override
    NDArray logits(NDArray features, Values values) {
      return linear(features, values);
    }
  }
}
