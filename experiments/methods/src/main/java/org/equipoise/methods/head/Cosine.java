package org.equipoise.methods.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.XavierInitializer;
import java.util.OptionalDouble;
import org.equipoise.api.Described;
import org.equipoise.api.model.ClassifierHead;
import org.equipoise.api.model.FeatureShape;
import org.equipoise.api.model.HeadSpec;
import org.equipoise.api.tensor.Scalars;

/**
 * The cosine classifier: the angle between features and class rows, times a fixed scale.
 *
 * <p>Only directions matter, so a class gets no larger logits from a longer row, which is what the
 * head classes of a long tail grow under a {@link Linear} head. The logits stay within
 * &plusmn;{@code scale} and are finite for zero vectors too; there is no bias. The scale is applied
 * here and once: a loss that scales cosines itself (LDAM) must be told so.
 *
 * <p>Rows start uniform in &plusmn;sqrt(6 / (C + D)) (Glorot), as in Iscen et al.
 *
 * @param scale what the cosines are multiplied by, &gt; 0, not trained; default 20, as in the
 *     released code of Iscen et al. for features of 2,048 numbers. Peers use 16 to 30; for narrow
 *     features (a CIFAR ResNet-32 has 64) 30, as in that of Cao et al., is a safe start
 * @param epsilon the least length a vector is divided by, &gt; 0; default 1e-12
 * @see <a href="https://arxiv.org/abs/2104.05279">Iscen et al. 2021, Class-Balanced Distillation
 *     for Long-Tailed Visual Recognition</a>
 * @see <a href="https://arxiv.org/abs/1906.07413">Cao et al. 2019, Learning Imbalanced Datasets
 *     with Label-Distribution-Aware Margin Loss, section 3.2</a>
 */
@Described(
    summary = "A cosine classifier with a fixed scale.",
    formula = "z_j = scale <f / max(|f|, epsilon), W_j / max(|W_j|, epsilon)>",
    source = "Cao et al. 2019, section 3.2; Iscen et al. 2021, with the scale of its released code",
    differs =
        "The released code of LDAM returns cosines and scales by 30 inside its loss; a PyTorch port"
            + " of Class-Balanced Distillation trains the scale, starting at 10.")
public record Cosine(double scale, double epsilon) implements HeadSpec {

  /** A head of scale 20 and epsilon 1e-12. */
  public Cosine() {
    this(20, 1e-12);
  }

  /** Checks the ranges. */
  public Cosine {
    if (!(scale > 0 && Double.isFinite(scale))) {
      throw new IllegalArgumentException("scale: must be finite and > 0, was " + scale);
    }
    if (!(epsilon > 0 && Double.isFinite(epsilon))) {
      throw new IllegalArgumentException("epsilon: must be finite and > 0, was " + epsilon);
    }
  }

  @Override
  public OptionalDouble cosineScale() {
    return OptionalDouble.of(scale);
  }

  @Override
  public ClassifierHead build(FeatureShape features, int classes) {
    return new CosineBlock(features.width(), classes, this).asHead();
  }

  private static final class CosineBlock extends ClassifierBlock {

    private final Cosine spec;

    CosineBlock(long width, int classes, Cosine spec) {
      super(width, classes, glorotUniform());
      this.spec = spec;
    }

    // DJL divides the magnitude by the MEAN of the two widths: 3 gives the bound sqrt(6 / sum).
    private static Initializer glorotUniform() {
      return new XavierInitializer(
          XavierInitializer.RandomType.UNIFORM, XavierInitializer.FactorType.AVG, 3);
    }

    @Override
    NDArray logits(NDArray features, Values values) {
      NDManager step = features.getManager();
      NDArray directions = normalised(rows(values));
      // Born in the model's manager, where it would outlive the step.
      directions.attach(step);
      NDArray cosines = ai.djl.nn.core.Linear.linear(normalised(features), directions).head();
      return Scalars.times(cosines, spec.scale);
    }

    private NDArray normalised(NDArray vectors) {
      return vectors.normalize(2, 1, spec.epsilon);
    }
  }
}
