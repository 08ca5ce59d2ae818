package org.equipoise.experiments.plan;

import java.util.Optional;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.method.StageSpec;
import org.equipoise.api.random.RandomStreams;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.experiments.config.ModelConfig;
import org.equipoise.experiments.config.TrainingConfig;
import org.equipoise.experiments.stage.StageKey;
import org.equipoise.experiments.training.BoundStage;

/**
 * A stage of a run, with nothing left to look up.
 *
 * @param stage what is trained and how
 * @param model backbone and head, the stage's own head applied
 * @param training what the stages share, the stage's own epochs, learning rate and schedule applied
 * @param key the address of its result
 * @param start the key of the stage that it starts from, if any
 * @param depth how many stages it is away from fresh weights, 0 if it starts from them
 * @param seed the run's seed
 */
public record PlannedStage(
    StageSpec stage,
    ModelConfig model,
    TrainingConfig training,
    StageKey key,
    Optional<StageKey> start,
    int depth,
    long seed) {

  /**
   * Returns the stage's length.
   *
   * @return epochs, 0 if it trains nothing
   */
  public int epochs() {
    return stage.trainsNothing() ? 0 : training.epochs();
  }

  /**
   * Returns the seed of every random stream of the stage.
   *
   * <p>It depends on the run's seed and on the place in the chain of stages alone, never on a name:
   * stages of two methods that are equal in content must draw the same numbers to be one
   * computation.
   *
   * @return 64 bits
   */
  public long streams() {
    return new RandomStreams(seed).seed("stage/" + depth);
  }

  /**
   * Binds the parts of the stage as its training does.
   *
   * @param data the data of the run
   * @param statistics the statistics of what is trained on
   * @return the bound stage; empty if it trains nothing, so that its parts do not matter
   * @throws IllegalArgumentException if sampler or loss are not defined for such data
   */
  public Optional<BoundStage> bind(LabelledData data, TrainStatistics statistics) {
    return stage.trainsNothing()
        ? Optional.empty()
        : Optional.of(
            BoundStage.of(
                stage,
                data,
                statistics,
                training.batchSize(),
                training.epochs(),
                new RandomStreams(streams())));
  }
}
