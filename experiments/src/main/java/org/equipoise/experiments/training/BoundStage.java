package org.equipoise.experiments.training;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.equipoise.api.data.BatchTransform;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.loss.BoundLoss;
import org.equipoise.api.method.StageSpec;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.api.sampling.EpochSampler;
import org.equipoise.api.sampling.LabelIndex;
import org.equipoise.api.sampling.SamplingContext;
import org.equipoise.api.stats.ClassPrior;
import org.equipoise.api.stats.TrainStatistics;

/**
 * The parts of a stage, bound to what it trains on. Needs no engine.
 *
 * @param stage the stage
 * @param epochs its length, &gt;= 1
 * @param statistics the statistics of what is trained on
 * @param sampler its sampler
 * @param drawn the class distribution of a draw, on average over its epochs; of a sampler that
 *     learns, that of its start
 * @param loss its loss, which knows what is drawn
 */
public record BoundStage(
    StageSpec stage,
    int epochs,
    TrainStatistics statistics,
    EpochSampler sampler,
    ClassPrior drawn,
    BoundLoss loss) {

  /**
   * Binds the parts.
   *
   * @param stage a stage that trains something
   * @param data its data
   * @param statistics the statistics of what is trained on
   * @param batchSize examples a batch, &gt;= 1
   * @param epochs its length, &gt;= 1
   * @param streams its random streams
   * @return the bound stage
   * @throws IllegalArgumentException if sampler or loss are not defined for such data
   */
  public static BoundStage of(
      StageSpec stage,
      LabelledData data,
      TrainStatistics statistics,
      int batchSize,
      int epochs,
      RandomStreams streams) {
    EpochSampler sampler =
        stage
            .sampler()
            .bind(
                new SamplingContext(
                    LabelIndex.of(data.train().labels(), data.classes()),
                    batchSize,
                    epochs,
                    OptionalInt.empty(),
                    streams,
                    data.validation()
                        .filter(split -> stage.sampler().looksAtValidation())
                        .map(split -> LabelIndex.of(split.labels(), data.classes()))));
    ClassPrior drawn = sampler.expectedPrior(epochs);
    BoundLoss loss = stage.loss().bind(statistics.withSampled(drawn));
    return new BoundStage(stage, epochs, statistics, sampler, drawn, loss);
  }

  /**
   * Binds the batch transforms.
   *
   * @return the changes of each batch, in their order
   * @throws IllegalArgumentException if one is not defined for such statistics
   */
  public List<BatchTransform> transforms() {
    TrainStatistics seen = statistics.withSampled(drawn);
    return stage.batchTransforms().stream().map(transform -> transform.bind(seen)).toList();
  }

  /**
   * Returns the class weights of one epoch.
   *
   * @param epoch the epoch, 0-based
   * @return one weight a class, in a new array; empty for a stage without class weights
   */
  public Optional<double[]> weights(int epoch) {
    return stage.weighting().map(rule -> rule.weights(statistics.instances(), epoch, epochs));
  }

  /**
   * Returns the class weights of the last epoch, which a rule that changes over the stage ends
   * with.
   *
   * @return one weight a class, in a new array; empty for a stage without class weights
   */
  public Optional<double[]> lastWeights() {
    return weights(epochs - 1);
  }

  /**
   * Returns the class weights on average over the epochs.
   *
   * @return one weight a class, in a new array; empty for a stage without class weights
   */
  public Optional<double[]> meanWeights() {
    if (stage.weighting().isEmpty()) {
      return Optional.empty();
    }
    double[] mean = new double[statistics.classes()];
    for (int epoch = 0; epoch < epochs; epoch++) {
      double[] weights = weights(epoch).orElseThrow();
      Arrays.setAll(mean, c -> mean[c] + weights[c] / epochs);
    }
    return Optional.of(mean);
  }
}
