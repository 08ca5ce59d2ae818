package org.equipoise.experiments.config;

import org.equipoise.api.model.BackboneSpec;
import org.equipoise.api.model.HeadSpec;

/**
 * The model of an experiment.
 *
 * @param backbone from inputs to features
 * @param head from features to logits, unless a method brings its own
 */
public record ModelConfig(BackboneSpec backbone, HeadSpec head) {}
