package org.equipoise.experiments.training;

import java.nio.file.Path;
import java.util.Optional;
import org.equipoise.api.data.LabelledData;
import org.equipoise.api.method.StageSpec;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.experiments.config.ModelConfig;
import org.equipoise.experiments.config.TrainingConfig;

/**
 * A stage to train.
 *
 * @param stage what is trained and how
 * @param model backbone and head of the run
 * @param training what the stages share
 * @param data train and test split
 * @param statistics the statistics of what is trained on
 * @param streams the seed of every random stream of this stage
 * @param start the folder of the stage that this one starts from, if any
 */
public record StageTask(
    StageSpec stage,
    ModelConfig model,
    TrainingConfig training,
    LabelledData data,
    TrainStatistics statistics,
    long streams,
    Optional<Path> start) {}
