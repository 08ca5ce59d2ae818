package org.equipoise.methods.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.equipoise.api.Described;
import org.equipoise.api.model.ClassifierHead;
import org.equipoise.api.model.FeatureShape;
import org.equipoise.api.model.FittedHeadSpec;
import org.equipoise.api.model.LabelledFeatures;
import org.equipoise.api.stats.EmptyClassException;
import org.equipoise.api.tensor.Scalars;

/**
 * The nearest-class-mean classifier (NCM): an example goes to the class whose mean of training
 * features is nearest.
 *
 * <p>Nothing is trained: rows are the class means of the transformed training features, computed in
 * double precision. Logits are negative squared distances, or cosines; their softmax is no estimate
 * of a probability. A vector of zeros stays one where others become unit vectors.
 *
 * @param features what is done to a feature vector before it is averaged or compared; default
 *     {@link Features#CENTRED_UNIT}, as in the released code
 * @param distance what is near; default {@link Distance#EUCLIDEAN}, as in the released code
 * @see <a href="https://arxiv.org/abs/1910.09217">Kang et al. 2020, Decoupling Representation and
 *     Classifier for Long-Tailed Recognition, section 4, "Nearest class mean classifier"</a>
 */
@Described(
    summary = "Classifies by the nearest mean of the training features of a class.",
    formula =
        "z_j = -|g(f) - m_j|^2, m_j = mean of g(f_i) over the examples i of class j; g(f) = (f - m)"
            + " / |f - m|, m the mean of all training features",
    source = "Kang et al. 2020, section 4, nearest class mean; defaults as in its released code",
    differs =
        "The cosine of the released code divides by the number of features instead of the lengths;"
            + " here it is a cosine.")
public record Ncm(Features features, Distance distance) implements FittedHeadSpec {

  /** What is done to a feature vector. */
  public enum Features {
    /** Nothing. */
    PLAIN,
    /** It becomes a unit vector. */
    UNIT,
    /** The mean of all training features is subtracted, then it becomes a unit vector. */
    CENTRED_UNIT;

    boolean centred() {
      return this == CENTRED_UNIT;
    }

    boolean unit() {
      return this != PLAIN;
    }
  }

  /** What is near. */
  public enum Distance {
    /** A small squared Euclidean distance. */
    EUCLIDEAN,
    /** A large cosine. */
    COSINE
  }

  /** Lengths below this count as this: a vector of zeros stays one. */
  static final double LEAST_LENGTH = 1e-12;

  private static final String ROWS = "weight";
  private static final String MEAN = "mean";

  /** Euclidean distances of centred unit vectors. */
  public Ncm() {
    this(Features.CENTRED_UNIT, Distance.EUCLIDEAN);
  }

  /** Checks that both are given. */
  public Ncm {
    Objects.requireNonNull(features, "features");
    Objects.requireNonNull(distance, "distance");
  }

  @Override
  public OptionalDouble cosineScale() {
    return distance == Distance.COSINE ? OptionalDouble.of(1) : OptionalDouble.empty();
  }

  @Override
  public ClassifierHead build(FeatureShape shape, int classes) {
    return new MeansBlock(shape.width(), classes, this).asHead();
  }

  /**
   * Computes mean and class means; centring takes two passes over the split.
   *
   * @throws EmptyClassException if a class has no training example
   */
  @Override
  public Map<String, float[]> fit(LabelledFeatures train) {
    FeatureMeans means = FeatureMeans.of(train, this);
    return Map.of(ROWS, means.ofClasses(), MEAN, means.ofAll());
  }

  private static final class MeansBlock extends ClassifierBlock {

    private final Ncm spec;
    private final Parameter mean;

    MeansBlock(long width, int classes, Ncm spec) {
      super(width, classes, Initializer.ZEROS, Rows.FROZEN);
      this.spec = spec;
      this.mean = addFrozen(MEAN, new Shape(width), Initializer.ZEROS);
    }

    @Override
    NDArray logits(NDArray features, Values values) {
      NDArray compared = spec.features.centred() ? features.sub(values.of(mean)) : features;
      if (spec.features.unit()) {
        compared = compared.normalize(2, 1, LEAST_LENGTH);
      }
      return spec.distance == Distance.COSINE
          ? cosines(compared, rows(values))
          : negativeDistances(compared, rows(values));
    }

    private static NDArray cosines(NDArray compared, NDArray rows) {
      NDArray directions = rows.normalize(2, 1, LEAST_LENGTH);
      // Born in the model's manager, where it would outlive the step.
      directions.attach(compared.getManager());
      return ai.djl.nn.core.Linear.linear(compared.normalize(2, 1, LEAST_LENGTH), directions)
          .head();
    }

    private static NDArray negativeDistances(NDArray compared, NDArray rows) {
      NDArray squares = rows.square();
      squares.attach(compared.getManager());
      NDArray own = compared.square().sum(new int[] {1}, true);
      NDArray products = ai.djl.nn.core.Linear.linear(compared, rows).head();
      return Scalars.times(products, 2).sub(own).sub(squares.sum(new int[] {1}));
    }
  }
}
