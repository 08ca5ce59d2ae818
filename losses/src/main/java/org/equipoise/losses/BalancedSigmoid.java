package org.equipoise.losses;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import java.util.stream.IntStream;
import org.equipoise.api.Described;
import org.equipoise.api.Explanation;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.loss.ClassVector;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.stats.PriorSource;
import org.equipoise.api.stats.TrainStatistics;

/**
 * Binary cross-entropy a class, on logits shifted by the log-odds of the class's positive rate.
 *
 * <p>The positive rate f_c is the share of training examples (images, in detection) that contain
 * the class. At test time the sigmoid of the raw logits is used.
 *
 * <ul>
 *   <li>{@code ClassIds}: every row is shifted.
 *   <li>{@code Regions}: foreground rows are shifted; background rows keep raw logits.
 *   <li>{@code MultiHot}: every row is shifted, for each class is then a two-class problem of its
 *       own with rate f_c. {@code keepConstant} has no meaning there and is refused.
 * </ul>
 *
 * <p>For more than two classes this is not Fisher-consistent for the balanced error: it compares
 * one-vs-rest odds ratios instead of p/pi. With pi = (.9, .02, .08) and p = (.95, .03, .02), p/pi
 * picks the second class and the odds ratios the first. Under uniform counts it equals plain binary
 * cross-entropy only with the constant kept.
 *
 * @param keepConstant whether to keep the term log(K - 1) of the derivation, by which the shift of
 *     a class of rate 1/K is 0
 * @param prior whose rates these are: those of the train counts, or, where every example has one
 *     label, those of what the sampler draws
 * @see <a href="https://arxiv.org/abs/2007.10740">Ren et al. 2020, Balanced Meta-Softmax, appendix
 *     A.2, equation 36 and the remark on it, and its released code for instance segmentation</a>
 */
@Described(
    summary = "Binary cross-entropy a class, shifted by the log-odds of its positive rate.",
    formula =
        "l = sum_j BCE(z_j + log(f_j / (1 - f_j)) [+ log(K - 1)], [j is a label]); background"
            + " regions: raw z",
    source =
        "Ren et al. 2020, Balanced Meta-Softmax, appendix A.2, equation 36, and its released code"
            + " for instance segmentation",
    differs =
        "The derivation has the constant log(K - 1); the paper's remark on it and the released code"
            + " drop it, and so does the default here.")
public record BalancedSigmoid(boolean keepConstant, PriorSource prior) implements LossSpec {

  private static final int[] CLASS_AXIS = {1};

  /**
   * Creates the loss of the released code: {@code keepConstant} false, {@code prior} train-counts.
   */
  public BalancedSigmoid() {
    this(false);
  }

  /**
   * Creates the loss for the rates of the train counts.
   *
   * @param keepConstant whether to keep the term log(K - 1)
   */
  public BalancedSigmoid(boolean keepConstant) {
    this(keepConstant, PriorSource.TRAIN_COUNTS);
  }

  @Override
  public BoundLoss bind(TrainStatistics train) {
    if (keepConstant && train.classes() < 2) {
      throw new IllegalArgumentException(
          typeName() + ": keepConstant needs at least 2 classes, there is 1");
    }
    double[] rates = rates(train);
    double[] shift = new double[rates.length];
    for (int c = 0; c < shift.length; c++) {
      if (rates[c] >= 1) {
        throw new IllegalArgumentException(
            typeName()
                + ": class "
                + c
                + " has positive rate "
                + rates[c]
                + "; expected < 1, the share of training examples that contain the class (in"
                + " detection, give image counts)");
      }
      shift[c] = Math.log(rates[c]) - Math.log1p(-rates[c]);
      if (keepConstant) {
        shift[c] += Math.log(train.classes() - 1.0);
      }
    }
    return new Bound(typeName(), ClassVector.of(rates), ClassVector.of(shift), keepConstant);
  }

  private double[] rates(TrainStatistics train) {
    if (prior == PriorSource.TRAIN_COUNTS) {
      train.images().orElse(train.instances()).requireNoEmptyClass(typeName());
      return IntStream.range(0, train.classes()).mapToDouble(train::positiveRate).toArray();
    }
    if (train.images().isPresent() || train.instances().total() != train.examples()) {
      throw new IllegalArgumentException(
          typeName()
              + ": prior sampler-effective is a distribution of one label an example, but here an"
              + " example may have several or none; use train-counts");
    }
    return prior.of(typeName(), train).toArray();
  }

  private record Bound(String who, ClassVector rates, ClassVector shift, boolean keepConstant)
      implements PerExampleLoss, OfSigmoids {

    @Override
    public NDArray perExample(LossInput in) {
      Labels.requireWidth(who, in, shift.classes());
      if (keepConstant && in.targets() instanceof Targets.MultiHot) {
        throw new UnsupportedOperationException(
            who
                + ": keepConstant assumes one class an example, balanced over K classes, which"
                + " MultiHot targets do not have; set it to false");
      }
      NDArray positive = Labels.indicator(who, in);
      NDArray against = shifted(in).mul(Signs.against(positive));
      return Focus.focal(against, 0).sum(CLASS_AXIS);
    }

    private NDArray shifted(LossInput in) {
      NDArray logits = in.logits();
      if (in.targets() instanceof Targets.Regions regions) {
        NDArray foreground =
            regions.ids().lt(regions.classes()).toType(logits.getDataType(), false).expandDims(1);
        return logits.add(shift.beside(logits).mul(foreground));
      }
      return shift.addedTo(logits);
    }

    @Override
    public Explanation explain(int classId) {
      return Explanation.of(
              classId,
              "In training, the logit of class "
                  + classId
                  + " is shifted by the log-odds of its positive rate.")
          .with("positiveRate", rates.get(classId))
          .with("logitShift", shift.get(classId));
    }

    @Override
    public Optional<ClassVector> logitShift() {
      return Optional.of(shift);
    }
  }
}
