package org.equipoise.experiments.plan;

import java.util.Arrays;
import java.util.Optional;
import org.equipoise.api.loss.ClassVector;
import org.equipoise.api.stats.ClassPrior;
import org.equipoise.experiments.training.BoundStage;

/**
 * How much of the log-prior of the train split each part of a stage takes out, 1 for all of it.
 *
 * <p>A network that is trained on draws of class distribution q, with class weights w and logits
 * shifted by v, learns log p(x | c) + log q_c + log w_c - v_c, up to what is equal for all classes.
 * On a class-balanced test set log p(x | c) alone is right. The share of each part is the slope of
 * a straight line through what it contributes over log pi, by least squares over the classes:
 * class-balanced draws take out 1, square-root sampling one half, logit adjustment {@code tau}. If
 * the shares sum to 1, the whole prior is gone; beyond that, rare classes are favoured.
 *
 * @param sampler taken out of the draws
 * @param weighting taken out by class weights, on average over the epochs; 0 without weights
 * @param loss taken out of the logits
 */
record PriorShares(double sampler, double weighting, double loss) {

  /** A part that takes out less than this corrects no prior, and a sum may be off by as much. */
  private static final double TOLERANCE = 0.05;

  /**
   * Below it, some 3% of difference, classes are equally frequent: there is no prior to take out.
   */
  private static final double LEAST_VARIANCE = 1e-3;

  /** Computes the shares; empty where the classes of the train split are equally frequent. */
  static Optional<PriorShares> of(BoundStage stage) {
    ClassPrior prior = stage.statistics().instances().prior();
    ClassPrior drawn = stage.drawn();
    boolean[] counts = new boolean[prior.classes()];
    double[] log = new double[counts.length];
    double[] logDrawn = new double[counts.length];
    for (int c = 0; c < counts.length; c++) {
      log[c] = Math.log(prior.probability(c));
      logDrawn[c] = Math.log(drawn.probability(c));
      counts[c] = Double.isFinite(log[c]) && Double.isFinite(logDrawn[c]);
    }
    double variance = covariance(log, log, counts);
    if (!(variance > LEAST_VARIANCE)) {
      return Optional.empty();
    }
    double[] logWeights = stage.meanWeights().map(PriorShares::log).orElse(new double[log.length]);
    double[] shift =
        stage.loss().logitShift().map(ClassVector::toArray).orElse(new double[log.length]);
    return Optional.of(
        new PriorShares(
            1 - covariance(logDrawn, log, counts) / variance,
            -covariance(logWeights, log, counts) / variance,
            covariance(shift, log, counts) / variance));
  }

  private static double[] log(double[] values) {
    double[] logs = values.clone();
    Arrays.setAll(logs, c -> Math.log(values[c]));
    return logs;
  }

  private static double covariance(double[] a, double[] b, boolean[] counts) {
    int n = 0;
    double meanA = 0;
    double meanB = 0;
    for (int c = 0; c < counts.length; c++) {
      if (counts[c]) {
        n++;
        meanA += (a[c] - meanA) / n;
        meanB += (b[c] - meanB) / n;
      }
    }
    double sum = 0;
    for (int c = 0; c < counts.length; c++) {
      sum += counts[c] ? (a[c] - meanA) * (b[c] - meanB) : 0;
    }
    return n == 0 ? 0 : sum / n;
  }

  boolean lossCorrects() {
    return loss > TOLERANCE;
  }

  /** Tells whether loss and sampler both correct, and together too much. */
  boolean lossRepeatsSampler() {
    return lossCorrects() && sampler > TOLERANCE && loss + sampler > 1 + TOLERANCE;
  }

  /** Tells whether loss and class weights both correct, and together too much. */
  boolean lossRepeatsWeighting() {
    return lossCorrects() && weighting > TOLERANCE && loss + weighting > 1 + TOLERANCE;
  }
}
