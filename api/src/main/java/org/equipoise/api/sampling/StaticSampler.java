package org.equipoise.api.sampling;

/**
 * A sampler that does not learn: its batches are a function of seed and epoch alone, and may be
 * drawn ahead of training and on another thread.
 */
public non-sealed interface StaticSampler extends EpochSampler {}
