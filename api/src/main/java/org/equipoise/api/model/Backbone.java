package org.equipoise.api.model;

import ai.djl.nn.Block;

/**
 * A built backbone: a DJL block from inputs to features.
 *
 * @param block takes one array, the inputs (N, ...); returns the features (N, D) and, if {@code
 *     features} has a map, the spatial features (N, D, h, w) behind them
 * @param features the shape of what it returns
 */
public record Backbone(Block block, FeatureShape features) {}
