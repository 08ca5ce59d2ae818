/**
 * Adapters that let the parts of Equipoise work in anyone's plain DJL training: a loss as a DJL
 * {@code Loss}, a sampler as a DJL {@code Sampler}, a metric as a DJL {@code Evaluator}.
 */
package org.equipoise.api.djl;
