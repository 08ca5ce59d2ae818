package org.equipoise.api.model;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.Optional;

/**
 * A built classifier head whose weights can be read.
 *
 * @param block takes the features (N, D) and, if there is one, the feature map; returns the logits
 *     (N, C)
 * @param weight the classifier's rows, (C, D); one of the block's parameters
 * @param bias its bias, (C), if it has one; one of the block's parameters
 */
public record ClassifierHead(Block block, Parameter weight, Optional<Parameter> bias) {}
