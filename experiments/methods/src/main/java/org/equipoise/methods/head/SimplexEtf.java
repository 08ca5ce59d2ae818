package org.equipoise.methods.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import org.equipoise.api.Described;
import org.equipoise.api.model.ClassifierHead;
import org.equipoise.api.model.FeatureShape;
import org.equipoise.api.model.HeadSpec;
import org.equipoise.api.tensor.Scalars;

/**
 * A fixed classifier whose rows are as far apart as K vectors can be: a simplex equiangular tight
 * frame (ETF).
 *
 * <p>Rows are unit vectors, each two of them with the cosine -1/(K - 1), turned at random and never
 * trained: what is learned is the features, and no class can crowd out another by longer or closer
 * rows. There is no bias. Features are taken as they come, so that a network can grow its logits as
 * under a {@link Linear} head.
 *
 * <p>K such vectors span K - 1 dimensions, so the features must have at least that width; others
 * are refused (100 classes do not fit the 64 features of a CIFAR ResNet-32).
 *
 * @param scale what the products are multiplied by, &gt; 0, not trained; default 1
 * @see <a href="https://arxiv.org/abs/2203.09081">Yang et al. 2022, Inducing Neural Collapse in
 *     Imbalanced Learning: Do We Really Need a Learnable Classifier at the End of Deep Neural
 *     Network?, the definition of a simplex equiangular tight frame</a>
 */
@Described(
    summary = "A fixed classifier with rows at equal and largest angles to each other.",
    formula =
        "z_j = scale <m_j, f>; M = sqrt(K / (K - 1)) U (I - 1 1^T / K), U a random turn; <m_i, m_j>"
            + " = -1 / (K - 1)",
    source =
        "Yang et al. 2022 (arXiv 2203.09081), the definition of a simplex equiangular tight frame",
    differs =
        "Released code wants D >= K where K - 1 is enough, puts a batch normalisation and unit"
            + " length between features and rows, and trains with dot-regression by default.")
public record SimplexEtf(double scale) implements HeadSpec {

  /** A head of scale 1. */
  public SimplexEtf() {
    this(1);
  }

  /** Checks the range. */
  public SimplexEtf {
    if (!(scale > 0 && Double.isFinite(scale))) {
      throw new IllegalArgumentException("scale: must be finite and > 0, was " + scale);
    }
  }

  /**
   * Builds the head.
   *
   * @throws IllegalArgumentException if there are fewer than 2 classes, or more than D + 1
   */
  @Override
  public ClassifierHead build(FeatureShape features, int classes) {
    if (classes < 2 || features.width() < classes - 1) {
      throw new IllegalArgumentException(
          "simplex-etf: "
              + classes
              + " classes in "
              + features.width()
              + " features; expected 2 to "
              + (features.width() + 1)
              + " classes");
    }
    return new FrameBlock(features.width(), classes, scale).asHead();
  }

  private static final class FrameBlock extends ClassifierBlock {

    private final double scale;

    FrameBlock(long width, int classes, double scale) {
      super(width, classes, new Frame(), Rows.FROZEN);
      this.scale = scale;
    }

    @Override
    NDArray logits(NDArray features, Values values) {
      return Scalars.times(linear(features, values), scale);
    }
  }

  /** Draws the rows of a frame, (K, D), from the engine's generator. */
  private static final class Frame implements Initializer {

    @Override
    public NDArray initialize(NDManager manager, Shape shape, DataType type) {
      int classes = Math.toIntExact(shape.get(0));
      int width = Math.toIntExact(shape.get(1));
      double[] rows = rows(RandomAxes.draw(manager, classes - 1, width), classes, width);
      try (NDArray exact = manager.create(rows, shape)) {
        return exact.toType(type, true);
      }
    }

    /**
     * Puts a simplex on axes: row j is sqrt(K / (K - 1)) times the sum over axes k of h_jk u_k,
     * where the columns of h are orthonormal and orthogonal to (1, ..., 1), so that h h^T = I - 1
     * 1^T / K. Helmert's are: h_jk = 1 / sqrt((k + 1)(k + 2)) for j <= k, and for j = k + 1 it is
     * -(k + 1) times that.
     */
    private static double[] rows(double[][] axes, int classes, int width) {
      double length = Math.sqrt(classes / (classes - 1.0));
      double[] rows = new double[classes * width];
      double[] later = new double[width];
      for (int j = classes - 1; j >= 0; j--) {
        for (int d = 0; d < width; d++) {
          double own = j == 0 ? 0 : -j * axes[j - 1][d] / Math.sqrt(j * (j + 1.0));
          rows[j * width + d] = length * (own + later[d]);
        }
        if (j > 0) {
          for (int d = 0; d < width; d++) {
            later[d] += axes[j - 1][d] / Math.sqrt(j * (j + 1.0));
          }
        }
      }
      return rows;
    }
  }
}
