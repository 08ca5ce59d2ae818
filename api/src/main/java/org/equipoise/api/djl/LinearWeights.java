package org.equipoise.api.djl;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * The weights of a linear layer.
 *
 * @param weight (C, D)
 * @param bias (C), if the layer has one
 */
record LinearWeights(NDArray weight, Optional<NDArray> bias) {}
