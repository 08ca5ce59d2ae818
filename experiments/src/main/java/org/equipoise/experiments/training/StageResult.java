package org.equipoise.experiments.training;

/**
 * What training a stage led to.
 *
 * @param weightsSha256 SHA-256 (hex) of {@code weights.safetensors}
 * @param epochs the stage's length
 * @param finalTrainLoss the mean training loss of the last epoch, in nats
 * @param seconds wall time of the training, over all its sittings
 */
public record StageResult(
    String weightsSha256, int epochs, double finalTrainLoss, double seconds) {}
