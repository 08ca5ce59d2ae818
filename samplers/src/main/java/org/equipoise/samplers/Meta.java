package org.equipoise.samplers;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.equipoise.api.Described;
import org.equipoise.api.loss.LossSpec;
import org.equipoise.api.sampling.LabelIndex;
import org.equipoise.api.sampling.LearnedSampler;
import org.equipoise.api.sampling.LookAhead;
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.api.sampling.SamplingContext;
import org.equipoise.api.stats.EmptyClassException;

/**
 * The Meta Sampler: class rates that are learned, step by step, so that the next step of the
 * classifier makes it better on class-balanced data.
 *
 * <p>An example of class c is drawn in proportion to the rate rho_c, which is the sigmoid of a free
 * number, so a class with probability n_c rho_c / sum; a common scale of the rates means nothing.
 * Before each step of training:
 *
 * <ol>
 *   <li>the batch is drawn by Gumbel-softmax: the hard draw counts in value, the soft value of the
 *       drawn example in the gradient (straight-through);
 *   <li>the coming SGD step of the linear classifier, momentum and weight decay included, is tried
 *       out on that batch, with the stage's own loss, features fixed;
 *   <li>the classifier that came out of it is judged by {@code metaLoss} on a class-balanced batch
 *       of the split {@code metaData}, augmented as training is, features fixed;
 *   <li>the gradient of that by the rates, through the step, moves the rates by one step of Adam;
 *   <li>the classifier makes its real step, on the drawn batch.
 * </ol>
 *
 * <p>Published for a second stage with a frozen backbone and Balanced Softmax (method {@code
 * balms}); where the backbone is trained too, its part of the step is not tried out. The head must
 * be linear, the optimizer SGD, the loss one with a closed-form gradient.
 *
 * <p>Defaults are those published for CIFAR-10-LT and CIFAR-100-LT. Others: ImageNet-LT {@code
 * initPow} 0.1, {@code learningRate} 0.001, {@code metaBatchSize} 1024 (batches of 512); Places-LT
 * {@code initPow} 0.3, {@code learningRate} 0.001, {@code metaBatchSize} 512 (batches of 256). For
 * these two the published code takes its meta batches from the validation split, {@code metaData}
 * {@link LookAhead.Split#VALIDATION}: examples that other methods do not see, so that a comparison
 * with them is not quite fair.
 *
 * @param level what the Gumbel noise is drawn for; default {@link NoiseLevel#INSTANCE}, as
 *     published. {@link NoiseLevel#CLASS} draws alike in O(B K), but estimates another gradient
 * @param initPow the power q of the start, &gt;= 0: rates in proportion to pi_c^-q; 0 starts
 *     instance-balanced, 1 class-balanced; default 0
 * @param temperature of the softmax, &gt; 0; default 1
 * @param learningRate Adam's learning rate for the rates, &gt; 0; default 0.01
 * @param metaBatchSize the number of examples of a meta batch, &gt;= 1; default the batch size
 * @param metaLoss by what the classifier is judged, with one value an example; default plain
 *     cross-entropy, as published
 * @param metaData where meta batches come from; default the train split, as published for CIFAR
 * @see <a href="https://arxiv.org/abs/2007.10740">Ren et al. 2020, Balanced Meta-Softmax, section
 *     3.2 and algorithm 1</a>
 */
@Described(
    summary =
        "Learns class rates for which the classifier's next step is best on class-balanced data.",
    formula =
        "example i is drawn with probability rho_{y_i} / sum_k n_k rho_k, rho = sigmoid(w);"
            + " w <- Adam(d/dw L_meta(theta - lr (mu v + g(w) + wd theta))), g = 1/B sum_b s_b grad"
            + " l_b, s_b = 1 with the gradient of the Gumbel-softmax",
    source =
        "Ren et al. 2020, Balanced Meta-Softmax, section 3.2 and algorithm 1, with the released"
            + " code for the start, the straight-through draw and all defaults (those for CIFAR)",
    differs =
        "Released code differentiates through a differentiable optimizer, keeps an N x K one-hot"
            + " matrix and one of B x N noise; here the same gradient is one first-order backward"
            + " pass, and sums a class are kept. Its CIFAR meta batches come from another random"
            + " subset than the train batches; here both are of one train split. It cycles through"
            + " shuffled lists of classes for them; here draws are independent.")
public record Meta(
    NoiseLevel level,
    double initPow,
    double temperature,
    double learningRate,
    OptionalInt metaBatchSize,
    Optional<LossSpec> metaLoss,
    LookAhead.Split metaData)
    implements SamplerSpec {

  /** Instance-level noise from an instance-balanced start, temperature 1, learning rate 0.01. */
  public Meta() {
    this(NoiseLevel.INSTANCE, 0, 1, 0.01, OptionalInt.empty(), Optional.empty());
  }

  /**
   * Takes meta batches from the train split.
   *
   * @param level what the Gumbel noise is drawn for
   * @param initPow the power of the start
   * @param temperature of the softmax
   * @param learningRate Adam's learning rate for the rates
   * @param metaBatchSize the number of examples of a meta batch
   * @param metaLoss by what the classifier is judged
   */
  public Meta(
      NoiseLevel level,
      double initPow,
      double temperature,
      double learningRate,
      OptionalInt metaBatchSize,
      Optional<LossSpec> metaLoss) {
    this(level, initPow, temperature, learningRate, metaBatchSize, metaLoss, LookAhead.Split.TRAIN);
  }

  /** Checks the ranges. */
  public Meta {
    Objects.requireNonNull(level, "level");
    Objects.requireNonNull(metaBatchSize, "metaBatchSize");
    Objects.requireNonNull(metaLoss, "metaLoss");
    Objects.requireNonNull(metaData, "metaData");
    if (!(initPow >= 0 && Double.isFinite(initPow))) {
      throw new IllegalArgumentException("initPow: must be >= 0 and finite, was " + initPow);
    }
    requirePositive("temperature", temperature);
    requirePositive("learningRate", learningRate);
    if (metaBatchSize.isPresent() && metaBatchSize.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "metaBatchSize: must be >= 1, was " + metaBatchSize.getAsInt());
    }
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(name + ": must be > 0 and finite, was " + value);
    }
  }

  @Override
  public boolean looksAhead() {
    return true;
  }

  @Override
  public boolean looksAtValidation() {
    return metaData == LookAhead.Split.VALIDATION;
  }

  /**
   * Binds the rule to a train split.
   *
   * @param context labels, one an example; batch size, streams
   * @return the sampler; {@code classProbabilities} are those of the rates as they are
   * @throws EmptyClassException if a class has no example to draw, or to be judged on
   * @throws IllegalArgumentException if an example has none or several labels, the meta loss no
   *     value an example, or {@code initPow} is too large for such counts; or meta data are to come
   *     from a validation split that the data set has not
   */
  @Override
  public LearnedSampler bind(SamplingContext context) {
    LabelIndex index = context.index();
    index.counts().requireNoEmptyClass(typeName());
    for (int i = 0; i < index.examples(); i++) {
      int labels = index.labelsOf(i).length;
      if (labels != 1) {
        throw new IllegalArgumentException(
            typeName() + ": example " + i + " has " + labels + " labels; expected one");
      }
    }
    double[] start = LearnedRates.startLogits(typeName(), index.counts(), initPow);
    return new MetaSampler(
        this,
        context,
        new LearnedRates(typeName(), new AdamRule(learningRate), start),
        MetaLoss.of(typeName(), metaLoss, index.counts()),
        metaIndex(context));
  }

  private LabelIndex metaIndex(SamplingContext context) {
    if (metaData == LookAhead.Split.TRAIN) {
      return context.index();
    }
    LabelIndex validation =
        context
            .validation()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        typeName()
                            + ": metaData: validation: the data set has no validation split; name"
                            + " one in \"dataset\", or take metaData: train"));
    validation.counts().requireNoEmptyClass(typeName() + ": validation split");
    return validation;
  }
}
