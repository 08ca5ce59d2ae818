package org.equipoise.methods.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.training.initializer.Initializer;
import java.util.Objects;
import org.equipoise.api.Described;
import org.equipoise.api.model.ClassifierHead;
import org.equipoise.api.model.FeatureShape;
import org.equipoise.api.model.HeadSpec;

/**
 * Distribution alignment (DisAlign): the logits of a frozen linear classifier, calibrated by a
 * trained scale and shift a class, as far as a confidence in the example says.
 *
 * <p>The confidence is s = sigmoid(v.f + c), one number an example. Trained are v, which starts at
 * 0.1 in each component, c, which starts as PyTorch's linear layers do, the scales a, which start
 * at 1, and the shifts b, which start at 0. Rows and bias are taken over from an earlier stage
 * ({@code HeadStart.KEEP}) and stay as they are; the rows that can be read are those.
 *
 * @param form which of the two published forms; default {@link Form#INTERPOLATE}: equation 5, and
 *     the only one that starts as the classifier it was given, so that a stage of no length changes
 *     nothing. The other starts with logits stretched by 1 + s: the same predictions, but another
 *     temperature an example, and so another calibration
 * @param bias whether the linear head that is calibrated has a bias; default true
 * @see <a href="https://arxiv.org/abs/2103.16370">Zhang et al. 2021, Distribution Alignment: A
 *     Unified Framework for Long-tail Visual Recognition, equations 4 to 6</a>
 */
@Described(
    summary = "A frozen linear classifier, calibrated by class and by confidence in the example.",
    formula =
        "z = <W, f> + b; s = sigmoid(v.f + c); interpolate: z' = (1 - s) z + s (a z + b');"
            + " residual: z' = (1 + s a) z + s b'",
    source =
        "Zhang et al. 2021, Distribution Alignment, equations 4 and 5 (interpolate) and 6"
            + " (residual)",
    differs =
        "The paper's equation 5 and the released segmentation code interpolate; its equation 6,"
            + " which does not follow from 5, and the layer of the released classification code add"
            + " to the logits (residual). Both are here.")
public record DisAlign(Form form, boolean bias) implements HeadSpec {

  /** The two published forms. */
  public enum Form {
    /** z' = (1 - s) z + s (a z + b): equation 5. At its start z' = z. */
    INTERPOLATE {
      @Override
      NDArray apply(NDArray logits, NDArray confidence, NDArray scale, NDArray shift) {
        // (1 - s) z + s (a z + b) = z + s (a z - z + b), which at the start is z to the bit.
        return logits.add(logits.mul(scale).sub(logits).add(shift).mul(confidence));
      }
    },
    /** z' = (1 + s a) z + s b: equation 6. At its start z' = (1 + s) z. */
    RESIDUAL {
      @Override
      NDArray apply(NDArray logits, NDArray confidence, NDArray scale, NDArray shift) {
        return logits.add(logits.mul(scale).add(shift).mul(confidence));
      }
    };

    /**
     * Calibrates logits.
     *
     * @param logits (N, C)
     * @param confidence in [0, 1], (N, 1)
     * @param scale (C)
     * @param shift (C)
     * @return (N, C), in the manager of the logits
     */
    abstract NDArray apply(NDArray logits, NDArray confidence, NDArray scale, NDArray shift);
  }

  /** Equation 5, over a head with bias. */
  public DisAlign() {
    this(Form.INTERPOLATE, true);
  }

  /** Checks that the form is given. */
  public DisAlign {
    Objects.requireNonNull(form, "form");
  }

  /** The published spelling is one word. */
  @Override
  public String typeName() {
    return "disalign";
  }

  @Override
  public ClassifierHead build(FeatureShape features, int classes) {
    long width = features.width();
    Initializer uniform = Linear.uniform(width);
    CalibratedBlock block =
        bias
            ? new CalibratedBlock(width, classes, form, uniform, uniform)
            : new CalibratedBlock(width, classes, form, uniform);
    return block.asHead();
  }

  /**
   * Returns how far each example is calibrated.
   *
   * @param features (N, D)
   * @param weight v, (D)
   * @param offset c, (1)
   * @return (N, 1), in the manager of the features
   */
  static NDArray confidence(NDArray features, NDArray weight, NDArray offset) {
    // Not through 1 / (1 + exp(-x)), which is infinite on the way for large -x.
    NDArray x = features.mul(weight).sum(new int[] {1}, true).add(offset);
    return ai.djl.nn.Activation.sigmoid(x);
  }

  private static final class CalibratedBlock extends ClassifierBlock {

    private final Form form;
    private final Parameter confidenceWeight;
    private final Parameter confidenceBias;
    private final Parameter scale;
    private final Parameter shift;

    CalibratedBlock(long width, int classes, Form form, Initializer rows) {
      super(width, classes, rows, Rows.FROZEN);
      this.form = form;
      confidenceWeight = addConfidenceWeight(width);
      confidenceBias = addConfidenceBias(width);
      scale = addScale(classes);
      shift = addShift(classes);
    }

    CalibratedBlock(long width, int classes, Form form, Initializer rows, Initializer offsets) {
      super(width, classes, rows, offsets, Rows.FROZEN);
      this.form = form;
      confidenceWeight = addConfidenceWeight(width);
      confidenceBias = addConfidenceBias(width);
      scale = addScale(classes);
      shift = addShift(classes);
    }

    private Parameter addConfidenceWeight(long width) {
      return addTrained(
          "confidenceWeight",
          Parameter.Type.WEIGHT,
          new Shape(width),
          new ConstantInitializer(0.1f));
    }

    private Parameter addConfidenceBias(long width) {
      return addTrained("confidenceBias", Parameter.Type.BIAS, new Shape(1), Linear.uniform(width));
    }

    private Parameter addScale(int classes) {
      return addTrained("scale", Parameter.Type.WEIGHT, new Shape(classes), Initializer.ONES);
    }

    private Parameter addShift(int classes) {
      return addTrained("shift", Parameter.Type.BIAS, new Shape(classes), Initializer.ZEROS);
    }

    @Override
    NDArray logits(NDArray features, Values values) {
      NDArray confidence =
          confidence(features, values.of(confidenceWeight), values.of(confidenceBias));
      NDArray scales = values.of(scale);
      return form.apply(linear(features, values), confidence, scales, values.of(shift));
    }
  }
}
