package org.equipoise.methods.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import org.equipoise.api.Described;
import org.equipoise.api.model.ClassifierHead;
import org.equipoise.api.model.FeatureShape;
import org.equipoise.api.model.HeadSpec;

/**
 * Learnable weight scaling (LWS): a linear classifier whose rows and bias are frozen, and one
 * trained factor a class.
 *
 * <p>The factor multiplies the whole logit, the bias too. All factors start at 1, so that the head
 * starts as the linear one whose rows it takes over from an earlier stage ({@code HeadStart.KEEP});
 * without an earlier stage its rows stay as they were drawn. Weight decay applies to the factors,
 * as in the released code. The rows that can be read are those before scaling.
 *
 * @param bias whether the linear head that is scaled has a bias; default true
 * @see <a href="https://arxiv.org/abs/1910.09217">Kang et al. 2020, Decoupling Representation and
 *     Classifier for Long-Tailed Recognition, section 4, "Learnable weight scaling"</a>
 */
@Described(
    summary = "A frozen linear classifier with one learned factor a class.",
    formula = "z_j = s_j (<W_j, f> + b_j); s starts at 1, W and b are frozen",
    source = "Kang et al. 2020, section 4, learnable weight scaling; as in its released code",
    differs =
        "The paper scales rows alone, w~_i = f_i w_i; its released code multiplies the output of"
            + " the linear layer, the bias included, and so does this.")
public record Lws(boolean bias) implements HeadSpec {

  /** A scaled head with bias. */
  public Lws() {
    this(true);
  }

  @Override
  public ClassifierHead build(FeatureShape features, int classes) {
    long width = features.width();
    Initializer uniform = Linear.uniform(width);
    ScaledBlock block =
        bias
            ? new ScaledBlock(width, classes, uniform, uniform)
            : new ScaledBlock(width, classes, uniform);
    return block.asHead();
  }

  private static final class ScaledBlock extends ClassifierBlock {

    private final Parameter scale;

    ScaledBlock(long width, int classes, Initializer rows) {
      super(width, classes, rows, Rows.FROZEN);
      scale = addScale(classes);
    }

    ScaledBlock(long width, int classes, Initializer rows, Initializer offsets) {
      super(width, classes, rows, offsets, Rows.FROZEN);
      scale = addScale(classes);
    }

    private Parameter addScale(int classes) {
      return addTrained("scale", Parameter.Type.WEIGHT, new Shape(classes), Initializer.ONES);
    }

    @Override
    NDArray logits(NDArray features, Values values) {
      return linear(features, values).mul(values.of(scale));
    }
  }
}
