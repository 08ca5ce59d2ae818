package org.equipoise.experiments.stage;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.equipoise.api.data.DatasetSpec;
import org.equipoise.api.method.StageSpec;
import org.equipoise.experiments.config.ModelConfig;
import org.equipoise.experiments.config.Selection;
import org.equipoise.experiments.config.TrainingConfig;

/**
 * All that the result of a stage depends on, code and engine apart.
 *
 * @param stage the stage; its name counts for nothing
 * @param model backbone and head, the stage's own head applied
 * @param training what the stages share, the stage's own epochs, learning rate and schedule applied
 * @param dataset the data set
 * @param data hashes of what was read of it, by name
 * @param selection which weights are kept
 * @param start the stage that this one starts from, if any
 * @param seed the run's seed
 * @param threads engine threads
 */
public record Computation(
    StageSpec stage,
    ModelConfig model,
    TrainingConfig training,
    DatasetSpec dataset,
    SortedMap<String, String> data,
    Selection selection,
    Optional<StageKey> start,
    long seed,
    int threads) {

  /** Copies the map. */
  public Computation {
    data = Collections.unmodifiableSortedMap(new TreeMap<>(data));
  }
}
