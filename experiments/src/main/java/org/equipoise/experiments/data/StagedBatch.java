package org.equipoise.experiments.data;

import ai.djl.ndarray.NDArray;

/**
 * The inputs and labels of a batch of N examples.
 *
 * @param inputs (N, ...), float32, as the backbone takes them; images are (N, C, H, W), normalised,
 *     channels-last in memory
 * @param labels class ids, (N), int64
 */
public record StagedBatch(NDArray inputs, NDArray labels) {}
