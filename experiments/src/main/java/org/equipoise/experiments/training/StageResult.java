package org.equipoise.experiments.training;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What training a stage led to.
 *
 * @param weightsSha256 SHA-256 (hex) of {@code weights.safetensors}
 * @param epochs the stage's length
 * @param finalTrainLoss the mean training loss of the last epoch, in nats; empty if the stage
 *     trains nothing
 * @param seconds wall time of the training, over all its sittings
 * @param learnedShares how a learned sampler changed what is drawn; empty for another sampler
 */
public record StageResult(
    String weightsSha256,
    int epochs,
    OptionalDouble finalTrainLoss,
    double seconds,
    Optional<LearnedShares> learnedShares) {}
