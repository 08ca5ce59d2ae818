package org.equipoise.samplers;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.equipoise.api.loss.LossInput;
import org.equipoise.api.loss.PerExampleLoss;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.sampling.LookAhead;

/**
 * The Meta Reweighter: the Meta Sampler's form for detectors, where a batch is drawn by images and
 * its regions can only be weighted.
 *
 * <p>A region of class c weighs in proportion to a learned rate, which is the sigmoid of a free
 * number; the weights of the foreground regions of a batch sum to their number. A background region
 * weighs 1. All rates start alike, so all weights at 1. Each update looks one step of the linear
 * classifier ahead, judges it on meta regions, and moves the rates by one step of Adam.
 *
 * <p>Released code means to judge by the plain sigmoid loss, but has shifted the foreground logits
 * in place by then: give the shifted loss as the meta loss to have that.
 *
 * <p>Not safe for use by several threads.
 *
 * @see <a href="https://arxiv.org/abs/2007.10740">Ren et al. 2020, Balanced Meta-Softmax, section
 *     3.2, and its released code for instance segmentation</a>
 */
public final class MetaReweighter {

  private static final String WHO = "meta reweighter";

  private final int classes;
  private final LearnedRates rates;
  private final MetaLoss loss;

  /**
   * Starts with equal rates.
   *
   * @param classes the number of foreground classes K, &gt;= 1
   * @param learningRate Adam's learning rate, &gt; 0; published is 0.01
   * @param metaLoss by what the classifier is judged; takes {@code Regions}; published, in
   *     intention, is plain sigmoid cross-entropy
   */
  public MetaReweighter(int classes, double learningRate, PerExampleLoss metaLoss) {
    if (classes < 1) {
      throw new IllegalArgumentException("classes: must be >= 1, was " + classes);
    }
    if (!(learningRate > 0 && Double.isFinite(learningRate))) {
      throw new IllegalArgumentException(
          "learningRate: must be > 0 and finite, was " + learningRate);
    }
    this.classes = classes;
    this.rates = new LearnedRates(WHO, new AdamRule(learningRate), new double[classes]);
    this.loss =
        (logits, labels) ->
            metaLoss.perExample(LossInput.of(logits, new Targets.Regions(labels, classes))).mean();
  }

  /**
   * Returns the weight of each region.
   *
   * @param ids the class of each region, K for background
   * @return a new array, each &gt; 0
   */
  public double[] weights(int[] ids) {
    double[] values = rates.values();
    double sum = 0;
    int foreground = 0;
    for (int id : ids) {
      if (id < 0 || id > classes) {
        throw new IllegalArgumentException(
            WHO + ": a region has class " + id + " outside 0.." + classes);
      }
      if (id < classes) {
        sum += values[id];
        foreground++;
      }
    }
    double scale = foreground / sum;
    return Arrays.stream(ids).mapToDouble(id -> id < classes ? values[id] * scale : 1).toArray();
  }

  /**
   * Learns from a batch of regions, before the classifier's own step.
   *
   * <p>No gradient collector may be open. What is computed stays in the managers of what is given.
   *
   * @param classifier how the coming step moves the classifier
   * @param features the regions' features, (R, D), detached
   * @param logitGradient the gradient of the objective by their logits, each region weighing 1, (R,
   *     C), the reduction included, detached
   * @param ids the class of each region, K for background, length R
   * @param meta regions to judge by, K for background
   * @return the meta loss at the weights as they were, in nats
   * @throws ArithmeticException if the gradient is not finite; nothing changes then
   */
  public double update(
      LookAhead.Classifier classifier,
      NDArray features,
      NDArray logitGradient,
      int[] ids,
      LookAhead.Labelled meta) {
    double[] weights = weights(ids);
    MetaGradient gradient =
        MetaGradient.at(weights, classifier, features, logitGradient, meta, loss);
    rates.descend(rates.byLogits(byLogRates(ids, weights, gradient.byExampleWeight())));
    return gradient.loss();
  }

  /** Goes from weights that sum to the number of foreground regions to the rates' logarithms. */
  private double[] byLogRates(int[] ids, double[] weights, double[] byWeight) {
    double[] gradient = new double[classes];
    double[] shares = new double[classes];
    double all = 0;
    double foreground = 0;
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] < classes) {
        double moved = byWeight[i] * weights[i];
        gradient[ids[i]] += moved;
        all += moved;
        shares[ids[i]] += weights[i];
        foreground += weights[i];
      }
    }
    if (foreground == 0) {
      return gradient;
    }
    for (int c = 0; c < classes; c++) {
      gradient[c] -= all * shares[c] / foreground;
    }
    return gradient;
  }

  /**
   * Writes down what was learned, for a checkpoint.
   *
   * @return numbers from which {@link #restore} makes an equal reweighter, to the bit
   */
  public double[] state() {
    return rates.state();
  }

  /**
   * Takes up a state that {@link #state} wrote.
   *
   * @param saved the numbers
   * @throws IllegalArgumentException if they are those of another number of classes
   */
  public void restore(double[] saved) {
    rates.restore(saved);
  }
}
